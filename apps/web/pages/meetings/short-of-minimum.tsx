import { Collapse } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ShortGroup, ShortPerson } from '#libs/contracts/meetings/assignments.js';
import { useCodes } from '../../shell/codes.js';
import { useMeetingWords } from './meeting-words.js';

interface ShortProps {
  readonly short: readonly ShortPerson[];
  readonly groups: readonly ShortGroup[];
  /** What people without a minimum of their own should have. */
  readonly floor: number;
}

/** Who gets fewer meetings than they should, how many, and whether there was anybody to meet. */
export function ShortOfMinimum({ short, groups, floor }: ShortProps) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const codes = useCodes();
  const line = (who: string, row: ShortGroup | ShortPerson) =>
    t(row.candidates === 0 ? 'assign.shortNone' : 'assign.shortRow', {
      who,
      least: row.least ?? floor,
      meetings: row.meetings,
      candidates: row.candidates,
    });
  const people = {
    key: 'short',
    label: t('assign.short', { count: short.length }),
    children: (
      <ul className="assign-short">
        {short.map((row) => (
          <li key={row.personId}>{line(words.who(row.organisation, row.person), row)}</li>
        ))}
      </ul>
    ),
  };
  const organisations = {
    key: 'groups',
    label: t('assign.shortGroups', { count: groups.length }),
    children: (
      <ul className="assign-short" data-testid="short-groups">
        {groups.map((row) => (
          <li key={row.organisationId ?? row.organisationKind}>
            {line(
              row.organisationKind === null
                ? (row.name ?? '')
                : t('assign.allOfKind', { kind: codes.label('organisation-kind', row.organisationKind) }),
              row,
            )}
          </li>
        ))}
      </ul>
    ),
  };
  return (
    <Collapse
      size="small"
      // Few are told at once, many when asked for.
      defaultActiveKey={groups.length <= 5 ? ['groups'] : []}
      items={[...(groups.length > 0 ? [organisations] : []), ...(short.length > 0 ? [people] : [])]}
    />
  );
}
