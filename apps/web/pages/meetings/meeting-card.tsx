import { LockOutlined } from '@ant-design/icons';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
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
  const { t } = useTranslation('meetings');
  const needs = [
    ...(meeting.wish === 'must' ? [t('settings.must')] : []),
    ...(meeting.length > 1 ? [t('settings.slots', { count: meeting.length })] : []),
    ...meeting.features.map((feature) => t(`feature.${feature}`)),
  ];
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
          {[
            meeting.enterprise.person,
            meeting.institute.person,
            ...meeting.guests.map((one) => one.person),
          ].join(' · ')}
        </span>
        {needs.length > 0 && <span>{needs.join(' · ')}</span>}
      </small>
    </button>
  );
}
