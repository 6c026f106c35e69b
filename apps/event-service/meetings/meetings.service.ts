import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { CancellationView } from '#libs/contracts/meetings/cancellation.js';
import type { MeetingView } from '#libs/contracts/meetings/meetings.js';
import type { Actor } from '#libs/domain/access/actor.js';
import {
  canDecideMeeting,
  canReadContacts,
  canReadMeeting,
  sideOf,
  type MeetingSideName,
} from '#libs/domain/access/meeting-access.js';
import { meetingMachine } from '#libs/domain/evidence/state-machines.js';
import { canTransition } from '#libs/domain/evidence/state-machine.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { cancelMeetings } from '#libs/persistence/meetings/cancel-meetings.js';
import { loadGrid, type EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { eventOf } from './event-gate.js';
import { loadEventHead, MEETING_ROWS, type MeetingRow } from './meeting-rows.js';
import { offerFreedSlot } from './offer-freed-slot.js';
import { previewCancellation } from './preview-cancellation.js';

/** One meeting, as its two sides and the organizers see it. */
@Injectable()
export class MeetingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  async view(actor: Actor | null, id: string): Promise<MeetingView> {
    return this.transactions.run(async ({ manager }) => {
      const [row] = await manager.query<MeetingRow[]>(`${MEETING_ROWS} WHERE m.id = $1`, [id]);
      if (row === undefined || !canReadMeeting(actor, row))
        throw new AppError('record.not-found', { what: '洽谈' });
      const mySide = sideOf(actor, row);
      const open = canReadContacts(actor, row);
      if (open) {
        await writeAudit(manager, {
          actorId: actor?.personId ?? null,
          action: 'read-contact',
          subjectKind: 'meeting',
          subjectId: id,
        });
      }
      return toView(actor, row, await loadEventHead(manager, row.eventId), open, mySide);
    });
  }

  /** What cancelling would do: it is done, read and taken back, so that the preview cannot differ from the deed. */
  cancellation(actor: Actor | null, id: string): Promise<CancellationView> {
    return this.transactions.tryOut(async ({ manager }) => {
      const now = this.clock.now();
      const { row, grid } = await lockCancellable(manager, actor, id, now);
      return previewCancellation(manager, row, grid, actor?.personId ?? null, now);
    });
  }

  async cancel(actor: Actor | null, id: string, reason: string): Promise<{ ok: true }> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const now = this.clock.now();
      await lockCancellable(manager, actor, id, now);
      const ids = await cancelMeetings(manager, [id], { actorId: actor?.personId ?? null, reason }, now);
      ids.push(...(await offerFreedSlot(manager, id, now)));
      afterCommit(() => this.queue.wake('send-notification', ids));
      return { ok: true };
    });
  }
}

/** A meeting that the actor may cancel now, its event's row locked. */
async function lockCancellable(
  manager: EntityManager,
  actor: Actor | null,
  id: string,
  now: Date,
): Promise<{ row: MeetingRow; grid: EventGrid }> {
  // Events are always locked before their meetings.
  const grid = await loadGrid(manager, await eventOf(manager, 'meeting', id), now, { lock: true });
  const [row] = await manager.query<MeetingRow[]>(`${MEETING_ROWS} WHERE m.id = $1`, [id]);
  if (grid === null || row === undefined || !canReadMeeting(actor, row))
    throw new AppError('record.not-found', { what: '洽谈' });
  if (!canDecideMeeting(actor, row)) throw new AppError('auth.forbidden');
  if (!canTransition(meetingMachine, row.status, 'cancelled')) {
    throw new AppError('transition.not-allowed', { from: row.status, action: 'cancel' });
  }
  return { row, grid };
}

function toView(
  actor: Actor | null,
  row: MeetingRow,
  event: MeetingView['event'],
  open: boolean,
  mySide: MeetingSideName | null,
): MeetingView {
  const decides = canDecideMeeting(actor, row);
  const contact = (email: string, phone: string | null) => (open ? { email, phone } : null);
  return {
    id: row.id,
    status: row.status,
    mySide,
    event,
    enterprise: {
      organisationId: row.enterpriseId,
      organisation: row.enterprise,
      personId: row.enterprisePersonId,
      person: row.enterprisePerson,
      contact: contact(row.enterpriseEmail, row.enterprisePhone),
    },
    institute: {
      organisationId: row.instituteId,
      organisation: row.institute,
      personId: row.institutePersonId,
      person: row.institutePerson,
      contact: contact(row.instituteEmail, row.institutePhone),
    },
    guests: row.guests,
    need: row.needId === null ? null : { id: row.needId, title: row.need ?? '' },
    capability: row.capabilityId === null ? null : { id: row.capabilityId, title: row.capability ?? '' },
    also: row.also,
    startsAt: row.startsAt?.toISOString() ?? null,
    endsAt: row.endsAt?.toISOString() ?? null,
    table: row.table,
    room: row.room,
    cancelReason: row.cancelReason,
    canCancel: decides && canTransition(meetingMachine, row.status, 'cancelled'),
    canReport: decides && ['scheduled', 'held', 'no_show'].includes(row.status),
  };
}
