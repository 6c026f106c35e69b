import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TimetableBoardView } from '#libs/contracts/meetings/timetables.js';
import { useFormat } from '../../shell/format.js';
import { useMeetingWords } from './meeting-words.js';
import { isOff } from './slot-chips.js';

type Span = Pick<TimetableBoardView['away'][number], 'startsAt' | 'endsAt'>;

/** Who of the people with meetings is away in slots of the event, by organisation and name; to choose one. */
export function AwayList({
  board,
  choose,
}: {
  readonly board: TimetableBoardView;
  readonly choose: (personId: string) => void;
}) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const names = namesOf(board, words.who);
  const spans = new Map<string, Span[]>();
  for (const span of board.away) {
    if (names.has(span.personId) && board.slots.some((slot) => isOff(slot, [span])))
      spans.set(span.personId, [...(spans.get(span.personId) ?? []), span]);
  }
  const rows = [...spans].sort(([a], [b]) => (names.get(a) ?? '').localeCompare(names.get(b) ?? '', 'zh-CN'));
  if (rows.length === 0) return null;
  const times = (list: readonly Span[]) =>
    list.map(({ startsAt, endsAt }) => `${format.time(startsAt)}–${format.time(endsAt)}`);
  return (
    <div data-testid="away-list">
      <small style={{ color: '#6b7685' }}>{t('limits.awayKnown')}</small>
      <ul className="assign-short">
        {rows.map(([personId, list]) => (
          <li key={personId}>
            <Button type="link" size="small" className="away-name" onClick={() => choose(personId)}>
              {names.get(personId)}
            </Button>{' '}
            <span className="schedule-time">{times(list).join(t('shell:comma'))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function namesOf(
  board: TimetableBoardView,
  who: (organisation: string, person: string) => string,
): ReadonlyMap<string, string> {
  return new Map(
    board.meetings.flatMap(({ enterprise, institute, guests }) => [
      ...[enterprise, institute].map((one) => [one.personId, who(one.name, one.person)] as const),
      ...guests.map((one) => [one.personId, who(one.organisation, one.person)] as const),
    ]),
  );
}
