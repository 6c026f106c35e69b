import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BoardMeeting } from '#libs/contracts/meetings/timetables.js';
import { MeetingCard } from './meeting-card.js';
import { useMeetingWords } from './meeting-words.js';

/** Meetings without a place and why; they are dragged into the grid from here. */
export function UnplacedList({
  meetings,
  open,
  drag,
}: {
  readonly meetings: readonly BoardMeeting[];
  readonly open: (meeting: BoardMeeting) => void;
  readonly drag: (id: string | null) => void;
}) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const unplaced = meetings.flatMap((meeting) =>
    meeting.unplaced === null ? [] : [{ meeting, word: words.reason(meeting.unplaced) }],
  );
  if (unplaced.length === 0) return null;
  return (
    <Card size="small" title={`${t('board.unplaced')} · ${unplaced.length}`} data-testid="unplaced-meetings">
      <div
        style={{
          display: 'grid',
          gap: 8,
          gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
          maxHeight: 260,
          overflowY: 'auto',
        }}
      >
        {unplaced.map(({ meeting, word }) => (
          <div key={meeting.id}>
            <MeetingCard meeting={meeting} draggable open={open} drag={drag} />
            <small style={{ color: '#a3520a' }}>{word}</small>
          </div>
        ))}
      </div>
    </Card>
  );
}
