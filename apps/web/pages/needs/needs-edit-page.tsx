import { NEED } from '../market/market-kind.js';
import { RecordEditPage } from '../market/record-edit-page.js';

export default function Page() {
  return <RecordEditPage of={NEED} />;
}
