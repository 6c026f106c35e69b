import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { Actor } from '#libs/domain/access/actor.js';
import type { Interval } from '#libs/domain/time/interval.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { loadGrid, type EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { isTableFree } from './free-tables.js';
import { offerFreedSlot, settleOffers } from './offer-freed-slot.js';
import { busyPerson, seatMeeting } from './seat-meeting.js';

interface OfferRow {
  id: string;
  eventId: string;
  freedId: string;
  meetingId: string;
  status: string;
  /** Of the pair's meeting. */
  meetingStatus: string;
  startsAt: Date;
  endsAt: Date;
  expiresAt: Date;
  enterprisePersonId: string;
  institutePersonId: string;
  enterpriseAccepted: boolean;
  instituteAccepted: boolean;
}

const OFFER = `
  SELECT s.id, s.event_id AS "eventId", s.freed_id AS "freedId", s.meeting_id AS "meetingId", s.status,
         m.status AS "meetingStatus", s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.expires_at AS "expiresAt", m.enterprise_person_id AS "enterprisePersonId",
         m.institute_person_id AS "institutePersonId", s.enterprise_accepted AS "enterpriseAccepted",
         s.institute_accepted AS "instituteAccepted"
  FROM slot_offer s JOIN meeting m ON m.id = s.meeting_id
  WHERE s.id = $1 AND $2 IN (m.enterprise_person_id, m.institute_person_id)`;

/** Answers to freed slots on the day. */
@Injectable()
export class OffersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  /** The second of the two who accepts seats both; one who declines passes the slot on to the next pair. */
  async answer(actor: Actor, id: string, accept: boolean): Promise<{ ok: true }> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const now = this.clock.now();
      const first = await find(manager, id, actor.personId);
      // Events are always locked before their meetings.
      const grid = await loadGrid(manager, first.eventId, now, { lock: true });
      const offer = await find(manager, id, actor.personId);
      if (!isOpen(offer, grid, now)) throw new AppError('offer.closed');
      const mails = accept
        ? await this.accept(manager, offer, actor.personId, now)
        : await this.decline(manager, offer, now);
      await writeAudit(manager, {
        actorId: actor.personId,
        action: accept ? 'accept-slot-offer' : 'decline-slot-offer',
        subjectKind: 'meeting',
        subjectId: offer.meetingId,
        detail: { freedId: offer.freedId },
      });
      afterCommit(() => this.queue.wake('send-notification', mails));
      return { ok: true };
    });
  }

  private async decline(manager: EntityManager, offer: OfferRow, now: Date): Promise<string[]> {
    await manager.query("UPDATE slot_offer SET status = 'declined' WHERE id = $1", [offer.id]);
    return offerFreedSlot(manager, offer.freedId, now);
  }

  private async accept(
    manager: EntityManager,
    offer: OfferRow,
    personId: string,
    now: Date,
  ): Promise<string[]> {
    const enterprise = offer.enterpriseAccepted || personId === offer.enterprisePersonId;
    const institute = offer.instituteAccepted || personId === offer.institutePersonId;
    await manager.query(
      'UPDATE slot_offer SET enterprise_accepted = $2, institute_accepted = $3 WHERE id = $1',
      [offer.id, enterprise, institute],
    );
    if (!enterprise || !institute) return [];
    const span = { start: Math.max(offer.startsAt.getTime(), now.getTime()), end: offer.endsAt.getTime() };
    const tableId = await clearTable(manager, offer.freedId, span);
    const people = [offer.enterprisePersonId, offer.institutePersonId];
    if (tableId === null || (await busyPerson(manager, offer.eventId, people, span)) !== null)
      throw new AppError('offer.closed');
    await manager.query("UPDATE slot_offer SET status = 'taken' WHERE id = $1", [offer.id]);
    const invited = await seatMeeting(manager, offer.meetingId, span, now, tableId);
    return [...invited, ...(await settleOffers(manager, offer.eventId, now))];
  }
}

/** Still to be answered: in time, the pair still waits, and a slot that is to come is still one of the event's. */
const isOpen = (offer: OfferRow, grid: EventGrid | null, now: Date): boolean =>
  offer.status === 'open' &&
  offer.expiresAt > now &&
  offer.meetingStatus === 'requested' &&
  (offer.startsAt <= now || (grid?.slots.some((slot) => slot.start === offer.startsAt.getTime()) ?? false));

/**
 * The table of a meeting that does not take place; null when others have it by now. A no-show ends where the span
 * begins, so that table and people are free for the rest of its slot.
 */
async function clearTable(manager: EntityManager, freedId: string, span: Interval): Promise<string | null> {
  const [freed] = await manager.query<{ tableId: string; startsAt: Date; status: string }[]>(
    'SELECT table_id AS "tableId", starts_at AS "startsAt", status FROM meeting WHERE id = $1',
    [freedId],
  );
  if (freed === undefined || !(await isTableFree(manager, freed.tableId, span, freedId))) return null;
  if (freed.status === 'cancelled') return freed.tableId;
  if (freed.status !== 'no_show') return null;
  const until = new Date(Math.max(span.start, freed.startsAt.getTime() + 1000));
  for (const [table, column] of [
    ['meeting', 'id'],
    ['meeting_seat', 'meeting_id'],
  ])
    await manager.query(`UPDATE ${table} SET ends_at = $2 WHERE ${column} = $1`, [freedId, until]);
  return freed.tableId;
}

async function find(manager: EntityManager, id: string, personId: string): Promise<OfferRow> {
  const [row] = await manager.query<OfferRow[]>(OFFER, [id, personId]);
  if (row === undefined) throw new AppError('record.not-found', { what: '空出的时段' });
  return row;
}
