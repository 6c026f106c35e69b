import { useTranslation } from 'react-i18next';
import { useSession } from '../../shell/session.js';

/** On paper only: whose timetable it is. */
export function PrintOwner() {
  const { t } = useTranslation();
  const { person } = useSession();
  if (person === null) return null;
  const organisations = person.organisations.map(({ name }) => name).join(t('comma'));
  return (
    <p className="print-only" style={{ margin: '0 0 8px', fontWeight: 600 }} data-testid="print-owner">
      {[person.name, organisations].filter(Boolean).join(' · ')}
    </p>
  );
}
