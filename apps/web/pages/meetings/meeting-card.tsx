import { LockOutlined } from '@ant-design/icons';
import type { DragEvent } from 'react';
import type { BoardMeeting } from '#libs/contracts/meetings/timetables.js';

const MIME = 'application/x-duijie-meeting';

/** The meeting that is dragged, or null when it is something else. */
export const draggedMeeting = (event: DragEvent): string | null => event.dataTransfer.getData(MIME) || null;
export const carriesMeeting = (event: DragEvent): boolean => event.dataTransfer.types.includes(MIME);

interface CardProps {
  readonly meeting: BoardMeeting;
  readonly draggable: boolean;
  readonly open: (meeting: BoardMeeting) => void;
  /** Told when it begins (id) or ends (null) to be dragged. */
  readonly drag?: (id: string | null) => void;
}

/** A meeting on the board; dashed when its place differs from what is published. */
export function MeetingCard({ meeting, draggable, open, drag }: CardProps) {
  const { place, published, locked } = meeting;
  const changed =
    place !== null && (published?.startsAt !== place.startsAt || published.tableId !== place.tableId);
  return (
    <button
      type="button"
      className={`meeting-card${locked ? ' locked' : ''}${changed ? ' changed' : ''}`}
      draggable={draggable && !locked}
      onDragStart={(event) => {
        event.dataTransfer.setData(MIME, meeting.id);
        event.dataTransfer.effectAllowed = 'move';
        drag?.(meeting.id);
      }}
      onDragEnd={() => drag?.(null)}
      onClick={() => open(meeting)}
      data-testid="meeting-card"
    >
      <span>
        {locked && <LockOutlined />} {meeting.enterprise.name}
      </span>
      <span>{meeting.institute.name}</span>
      <small>
        <span>
          {meeting.enterprise.person} · {meeting.institute.person}
        </span>
      </small>
    </button>
  );
}
