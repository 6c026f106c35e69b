import { NEED } from '../market/market-kind.js';
import { RecordListPage } from '../market/record-list-page.js';

export default function Page() {
  return <RecordListPage of={NEED} />;
}
