import { useMemo, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardMeeting, TimetableBoardView } from '#libs/contracts/meetings/timetables.js';
import { useFormat } from '../../shell/format.js';
import { cellHints, type CellHint } from './cell-hints.js';
import { carriesMeeting, draggedMeeting, MeetingCard } from './meeting-card.js';
import { useMeetingWords } from './meeting-words.js';
import { ScrollEdges } from './scroll-edges.js';
import type { BoardActions } from './use-timetable.js';

export interface TimetableViewProps {
  readonly board: TimetableBoardView;
  /** null = look only. */
  readonly actions: BoardActions | null;
  readonly open: (meeting: BoardMeeting) => void;
  /** The meeting that is dragged just now. */
  readonly dragged?: string | null;
  readonly drag?: (id: string | null) => void;
}

/** Slots down, tables across; cards are dragged to free cells, or onto each other to swap. */
export function TimetableGrid({ board, actions, open, dragged = null, drag }: TimetableViewProps) {
  const { t } = useTranslation('meetings');
  const format = useFormat();
  const words = useMeetingWords();
  const hints = useMemo(() => (dragged === null ? null : cellHints(board, dragged)), [board, dragged]);
  const at = new Map(
    board.meetings.flatMap((meeting) =>
      meeting.place === null ? [] : [[`${meeting.place.startsAt} ${meeting.place.tableId}`, meeting]],
    ),
  );
  // An organisation without meetings needs no table.
  const homes = new Map<string | null, string>(
    board.meetings.flatMap(({ enterprise, institute }) =>
      [enterprise, institute].map((one) => [one.id, one.name] as const),
    ),
  );
  const ends = new Map(board.slots.map((slot) => [slot.startsAt, slot.endsAt]));
  /** Slots after the first that a place takes; not what its meeting asks for now, which may have changed since. */
  const furtherSlots = (place: BoardMeeting['place']) =>
    place === null || ends.get(place.startsAt) === place.endsAt
      ? []
      : board.slots.filter((slot) => place.startsAt < slot.startsAt && slot.startsAt < place.endsAt);
  const covered = new Set(
    board.meetings.flatMap(({ place }) =>
      furtherSlots(place).map((slot) => `${slot.startsAt} ${place?.tableId ?? ''}`),
    ),
  );
  return (
    <ScrollEdges columns={board.tables.length}>
      <div
        className="timetable-grid"
        style={{ gridTemplateColumns: `max-content repeat(${board.tables.length}, minmax(168px, 1fr))` }}
      >
        <div className="timetable-head timetable-time">{t('board.slot')}</div>
        {board.tables.map((table) => (
          <div key={table.id} className="timetable-head">
            {words.table(table.label)}
            <small>
              {[
                table.room,
                ...table.features.map((feature) => t(`feature.${feature}`)),
                homes.has(table.homeOrganisationId) &&
                  t('homeTable', { name: homes.get(table.homeOrganisationId) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </div>
        ))}
        {board.slots.flatMap((slot, row) => [
          <div key={slot.startsAt} className="timetable-time" style={{ gridRow: row + 2, gridColumn: 1 }}>
            {format.time(slot.startsAt)}–{format.time(slot.endsAt)}
          </div>,
          ...board.tables.map((table, column) =>
            covered.has(`${slot.startsAt} ${table.id}`) ? null : (
              <Cell
                key={`${slot.startsAt} ${table.id}`}
                row={row + 2}
                span={1 + furtherSlots(at.get(`${slot.startsAt} ${table.id}`)?.place ?? null).length}
                column={column + 2}
                startsAt={slot.startsAt}
                tableId={table.id}
                meeting={at.get(`${slot.startsAt} ${table.id}`)}
                actions={actions}
                open={open}
                hint={hints?.(slot.startsAt, table.id) ?? null}
                drag={drag}
              />
            ),
          ),
        ])}
      </div>
    </ScrollEdges>
  );
}

interface CellProps extends Pick<TimetableViewProps, 'actions' | 'open' | 'drag'> {
  readonly row: number;
  readonly span: number;
  readonly column: number;
  readonly startsAt: string;
  readonly tableId: string;
  readonly meeting: BoardMeeting | undefined;
  readonly hint: CellHint | null;
}

function Cell({ row, span, column, startsAt, tableId, meeting, actions, open, hint, drag }: CellProps) {
  const { t } = useTranslation('meetings');
  const [over, setOver] = useState(false);
  const drop = (meetingId: string | null) => {
    setOver(false);
    if (actions === null || meetingId === null || meetingId === meeting?.id) return;
    if (hint?.kind === 'blocked') return;
    if (meeting === undefined) actions.move.mutate({ meetingId, to: { startsAt, tableId } });
    else actions.swap.mutate({ meetingId, otherId: meeting.id });
  };
  const enter = (event: DragEvent) => {
    if (actions === null || !carriesMeeting(event)) return;
    // Without this the browser shows that nothing can be dropped here.
    if (hint?.kind !== 'blocked') event.preventDefault();
    setOver(true);
  };
  return (
    <div
      style={{ gridRow: `${row} / span ${span}`, gridColumn: column }}
      className={`timetable-cell${hint === null ? '' : ` ${hint.kind}`}${over ? ' over' : ''}`}
      onDragEnter={enter}
      onDragOver={enter}
      onDragLeave={(event) => {
        // Going over to a card in the cell is no leaving.
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        drop(draggedMeeting(event));
      }}
      data-testid="timetable-cell"
    >
      {meeting !== undefined && (
        <MeetingCard meeting={meeting} draggable={actions !== null} open={open} {...(drag ? { drag } : {})} />
      )}
      {over && hint !== null && hint.kind !== 'here' && (
        <div className="cell-hint" data-testid="cell-hint">
          {t(`hint.${hint.word}`, {
            ...hint.names,
            feature: hint.names.feature === undefined ? '' : t(`feature.${hint.names.feature}`),
          })}
          {hint.breaks !== 0 && hint.kind !== 'blocked' && (
            <span>
              {t(hint.breaks > 0 ? 'hint.moreBreaks' : 'hint.fewerBreaks', { count: Math.abs(hint.breaks) })}
            </span>
          )}
        </div>
      )}
    </div>
  );
}
