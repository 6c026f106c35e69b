import { CAPABILITY } from '../market/market-kind.js';
import { RecordNewPage } from '../market/record-new-page.js';

export default function Page() {
  return <RecordNewPage of={CAPABILITY} />;
}
