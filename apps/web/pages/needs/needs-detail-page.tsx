import { NEED } from '../market/market-kind.js';
import { RecordPage } from '../market/record-page.js';

export default function Page() {
  return <RecordPage of={NEED} />;
}
