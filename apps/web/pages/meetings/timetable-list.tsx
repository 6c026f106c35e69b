import type { BoardMeeting } from '#libs/contracts/meetings/timetables.js';
import { useFormat } from '../../shell/format.js';
import { MeetingCard } from './meeting-card.js';
import { useMeetingWords } from './meeting-words.js';
import type { TimetableViewProps } from './timetable-grid.js';

/** The board on a phone: meetings under each slot; moving is done in the dialog of a meeting. */
export function TimetableList({ board, open }: TimetableViewProps) {
  const format = useFormat();
  const words = useMeetingWords();
  const order = new Map(board.tables.map((table, index) => [table.id, index]));
  const rooms = new Map(board.tables.map((table) => [table.id, table.room]));
  const position = (meeting: BoardMeeting) => order.get(meeting.place?.tableId ?? '') ?? 0;
  const where = ({ place }: BoardMeeting, slotEnd: string) =>
    place === null
      ? ''
      : [
          words.table(place.table),
          rooms.get(place.tableId),
          // The title above says when its first slot ends.
          place.endsAt === slotEnd ? null : `${format.time(place.startsAt)}–${format.time(place.endsAt)}`,
        ]
          .filter(Boolean)
          .join(' · ');
  return (
    <div>
      {board.slots.map((slot) => {
        const meetings = board.meetings
          .filter((meeting) => meeting.place?.startsAt === slot.startsAt)
          .sort((a, b) => position(a) - position(b));
        return meetings.length === 0 ? null : (
          <section key={slot.startsAt}>
            <h2 className="slot-title" style={{ fontSize: 15 }}>
              {format.time(slot.startsAt)}–{format.time(slot.endsAt)}
            </h2>
            <div className="stack">
              {meetings.map((meeting) => (
                <div key={meeting.id}>
                  <small style={{ color: '#6b7685' }}>{where(meeting, slot.endsAt)}</small>
                  <MeetingCard meeting={meeting} draggable={false} open={open} />
                </div>
              ))}
            </div>
          </section>
        );
      })}
    </div>
  );
}
