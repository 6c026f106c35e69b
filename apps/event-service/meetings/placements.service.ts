import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { MoveBody, SwapBody } from '#libs/contracts/meetings/timetables.js';
import type { Actor } from '#libs/domain/access/actor.js';
import type { SeatedPlace } from '#libs/domain/meetings/check-move.js';
import { slotRun } from '#libs/domain/meetings/slot-run.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { Clock } from '#libs/platform/clock.js';
import { brokenConstraint, Transactions } from '#libs/platform/database/transactions.js';
import { recordChange, takeLastChange } from './board-changes.js';
import { findConflicts } from './check-places.js';
import { eventOf, lockTimetabledEvent } from './event-gate.js';
import { conflictError, refuseUnmovable, tooLong } from './placement-errors.js';
import { loadDraftMeetings, writePlaces, type DraftMeeting } from './placement-rows.js';
import { lockDraft } from './timetable-rows.js';

/** Moving meetings in a draft by hand. */
@Injectable()
export class PlacementsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async move(actor: Actor | null, id: string, meetingId: string, { to }: MoveBody): Promise<{ ok: true }> {
    return this.edit(id, async (manager, grid, meetings) => {
      const meeting = movable(meetings, meetingId);
      const places = to === null ? [] : [wantedPlace(grid, meeting, to)];
      await this.refuseConflicts(manager, grid, meetings, places);
      await writePlaces(manager, id, [meetingId], places);
      const change = {
        kind: to === null ? 'take-out' : 'move',
        meetingIds: [meetingId],
        after: places,
      } as const;
      await recordChange(manager, id, change, meetings, actor?.personId ?? null, this.clock.now());
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action: 'move-placement',
        subjectKind: 'meeting',
        subjectId: meetingId,
        detail: { timetableId: id, to },
      });
    });
  }

  async swap(actor: Actor | null, id: string, { meetingId, otherId }: SwapBody): Promise<{ ok: true }> {
    return this.edit(id, async (manager, grid, meetings) => {
      const [one, two] = [movable(meetings, meetingId), movable(meetings, otherId)];
      if (one === two || one.place === null || two.place === null)
        throw new AppError('placement.unknown-slot');
      const places = [placeAt(grid, one, two.place), placeAt(grid, two, one.place)];
      await this.refuseConflicts(manager, grid, meetings, places);
      await writePlaces(manager, id, [meetingId, otherId], places);
      const change = { kind: 'swap', meetingIds: [meetingId, otherId], after: places } as const;
      await recordChange(manager, id, change, meetings, actor?.personId ?? null, this.clock.now());
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action: 'swap-placements',
        subjectKind: 'meeting',
        subjectId: meetingId,
        detail: { timetableId: id, otherId },
      });
    });
  }

  /** Takes the newest change by hand back, when nothing has come to stand where the meetings were. */
  async undo(actor: Actor | null, id: string): Promise<{ ok: true }> {
    return this.edit(id, async (manager, grid, meetings) => {
      const { kind, meetingIds, before } = await takeLastChange(manager, id, this.clock.now());
      const alive = meetingIds.flatMap((meetingId) => meetings.filter((meeting) => meeting.id === meetingId));
      for (const meeting of alive) refuseUnmovable(meeting);
      const places = alive.flatMap((meeting): SeatedPlace[] => {
        const place = before.find((candidate) => candidate.meetingId === meeting.id);
        return place === undefined ? [] : [placeAt(grid, meeting, place)];
      });
      await this.refuseConflicts(manager, grid, meetings, places, meetingIds);
      await writePlaces(manager, id, meetingIds, places);
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action: 'undo-placement',
        subjectKind: 'timetable',
        subjectId: id,
        detail: { kind, meetingIds },
      });
    });
  }

  private async edit(
    id: string,
    work: (manager: EntityManager, grid: EventGrid, meetings: readonly DraftMeeting[]) => Promise<void>,
  ): Promise<{ ok: true }> {
    try {
      return await this.transactions.run(async ({ manager }) => {
        const grid = await lockTimetabledEvent(
          manager,
          await eventOf(manager, 'timetable', id),
          this.clock.now(),
        );
        await lockDraft(manager, id);
        await work(manager, grid, await loadDraftMeetings(manager, id, grid));
        await manager.query('SET CONSTRAINTS ALL IMMEDIATE');
        return { ok: true };
      });
    } catch (error) {
      if (brokenConstraint(error)?.startsWith('placement_')) throw new AppError('record.changed');
      throw error;
    }
  }

  private async refuseConflicts(
    manager: EntityManager,
    grid: EventGrid,
    meetings: readonly DraftMeeting[],
    places: readonly SeatedPlace[],
    ids?: readonly string[],
  ): Promise<void> {
    const conflicts = await findConflicts(manager, grid, meetings, places, ids);
    if (conflicts.length > 0) throw await conflictError(manager, conflicts, places, meetings, grid);
  }
}

function movable(meetings: readonly DraftMeeting[], id: string): DraftMeeting {
  const meeting = meetings.find((candidate) => candidate.id === id);
  if (meeting === undefined) throw new AppError('record.not-found', { what: '洽谈' });
  refuseUnmovable(meeting);
  return meeting;
}

/** Where the organizer puts a meeting: from a slot that is still open, for as long as it takes. */
function wantedPlace(
  grid: EventGrid,
  meeting: DraftMeeting,
  to: { readonly startsAt: string; readonly tableId: string },
): SeatedPlace {
  const start = Date.parse(to.startsAt);
  const known = grid.open.some((slot) => slot.start === start);
  if (!known || !grid.tables.some((table) => table.id === to.tableId))
    throw new AppError('placement.unknown-slot');
  return placeAt(grid, meeting, { start, tableId: to.tableId });
}

function placeAt(
  grid: EventGrid,
  meeting: DraftMeeting,
  { start, tableId }: { readonly start: number; readonly tableId: string },
): SeatedPlace {
  if (!grid.open.some((slot) => slot.start === start)) throw new AppError('placement.unknown-slot');
  const run = slotRun(grid.open, start, meeting.length);
  if (run === null) throw tooLong(meeting);
  return { meetingId: meeting.id, tableId, ...run, personIds: meeting.personIds };
}
