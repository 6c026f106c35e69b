import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  Attendance,
  AttendeePage,
  CheckInBody,
  CheckInQuery,
  CheckInResult,
} from '#libs/contracts/registrations/check-in.js';
import { isOrganizer, type Actor } from '#libs/domain/access/actor.js';
import { checkInRefusal, checkInWindow } from '#libs/domain/registration/check-in-window.js';
import { normaliseTicketCode, readTicketQr } from '#libs/domain/registration/ticket.js';
import { formatShanghaiTime, shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { Signer } from '#libs/platform/secrets.js';
import { countAttendance, listAttendees } from './attendance.js';
import { attendanceSheet } from './attendance-sheet.js';
import { findEventHead, type EventHead } from './participants.js';

interface Guest {
  readonly id: string;
  readonly eventId: string;
  readonly eventTitle: string;
  readonly status: string;
  readonly groupSize: number;
  readonly name: string;
  readonly organisation: string | null;
  /** Checked in before. */
  readonly isHere: boolean;
}

const OPEN_STATES = new Set(['published', 'registration_closed', 'held']);

/** The door: who came, and how many. */
@Injectable()
export class CheckInsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly signer: Signer,
    private readonly clock: Clock,
  ) {}

  /** The first check-in of a registration counts; later ones answer with it. */
  async checkIn(actor: Actor, eventId: string, body: CheckInBody): Promise<CheckInResult> {
    return this.transactions.run(async ({ manager }) => {
      const guest = await this.findGuest(manager, body);
      const head = await this.head(manager, eventId);
      if (guest.eventId !== eventId)
        throw new AppError('check-in.other-event', { event: guest.eventTitle, name: guest.name });
      if (!OPEN_STATES.has(head.event.state))
        throw new AppError('check-in.event-not-running', { event: head.event.title });
      if (guest.status !== 'confirmed') throw new AppError('check-in.not-confirmed', { name: guest.name });
      const outside = guest.isHere ? null : outsideHours(head.event, this.clock.now());
      if (outside !== null) demandOverride(actor, body, outside);
      const headCount = Math.min(body.headCount ?? guest.groupSize, guest.groupSize);
      const written: { at: Date }[] = await manager.query(
        `INSERT INTO check_in (registration_id, event_id, head_count, method, checked_in_by, at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (registration_id) DO NOTHING RETURNING at`,
        [
          guest.id,
          eventId,
          headCount,
          body.qr === undefined ? 'name' : 'scan',
          actor.personId,
          this.clock.now(),
        ],
      );
      const already = written.length === 0;
      if (!already) {
        const detail = outside === null ? { headCount } : { headCount, note: body.overrideNote };
        await this.audit(manager, actor, 'check-in', guest.id, detail);
      }
      const first: { at: Date; headCount: number }[] = await manager.query(
        'SELECT at, head_count AS "headCount" FROM check_in WHERE registration_id = $1',
        [guest.id],
      );
      return {
        registrationId: guest.id,
        name: guest.name,
        organisation: guest.organisation,
        groupSize: guest.groupSize,
        headCount: first[0]!.headCount,
        already,
        at: first[0]!.at.toISOString(),
        attendance: await countAttendance(manager, eventId),
      };
    });
  }

  /** Takes a mistaken check-in back. */
  async undo(actor: Actor, eventId: string, registrationId: string): Promise<Attendance> {
    return this.transactions.run(async ({ manager }) => {
      const removed: { at: Date }[] = await manager.query(
        `WITH gone AS (DELETE FROM check_in WHERE event_id = $1 AND registration_id = $2 RETURNING at)
         SELECT at FROM gone`,
        [eventId, registrationId],
      );
      if (removed.length === 0) throw new AppError('record.not-found', { what: '签到' });
      await this.audit(manager, actor, 'undo-check-in', registrationId, { at: removed[0]!.at.toISOString() });
      return countAttendance(manager, eventId);
    });
  }

  async list(eventId: string, query: CheckInQuery): Promise<AttendeePage> {
    const { manager } = this.transactions;
    const { event } = await this.head(manager, eventId);
    const { page, pageSize } = query;
    const filter = { eventId, state: query.state, q: query.q };
    const window = { limit: pageSize, offset: (page - 1) * pageSize };
    const { rows, total } = await listAttendees(manager, filter, window);
    return { rows, total, page, pageSize, event, attendance: await countAttendance(manager, eventId) };
  }

  async export(actor: Actor, eventId: string): Promise<{ title: string; bytes: Buffer }> {
    const { manager } = this.transactions;
    const { event } = await this.head(manager, eventId);
    const filter = { eventId, state: 'all' as const, q: undefined };
    const { rows } = await listAttendees(manager, filter, { limit: Infinity, offset: 0 });
    const bytes = await attendanceSheet(event, rows, await countAttendance(manager, eventId));
    await writeAudit(manager, {
      actorId: actor.personId,
      action: 'export-check-ins',
      subjectKind: 'event',
      subjectId: eventId,
      detail: { rows: rows.length },
    });
    return { title: event.title, bytes };
  }

  /** The registration that a scan, a typed code or a choice from the list means; it cannot be cancelled meanwhile. */
  private async findGuest(manager: EntityManager, body: CheckInBody): Promise<Guest> {
    const code = this.ticketCodeOf(body);
    const rows: Guest[] = await manager.query(
      `SELECT r.id, r.event_id AS "eventId", e.title AS "eventTitle", r.status, r.group_size AS "groupSize", p.name,
              o.name AS organisation,
              EXISTS (SELECT FROM check_in c WHERE c.registration_id = r.id) AS "isHere"
       FROM registration r JOIN event e ON e.id = r.event_id JOIN person p ON p.id = r.person_id
       LEFT JOIN organisation o ON o.id = r.organisation_id
       WHERE ${code === null ? 'r.id = $1' : 'r.ticket_code = $1'} FOR SHARE OF r`,
      [code ?? body.registrationId],
    );
    if (rows[0] !== undefined) return rows[0];
    if (code === null) throw new AppError('record.not-found', { what: '报名' });
    throw new AppError('check-in.unknown-ticket', { code });
  }

  private ticketCodeOf(body: CheckInBody): string | null {
    if (body.ticketCode !== undefined) return normaliseTicketCode(body.ticketCode);
    if (body.qr === undefined) return null;
    const scanned = readTicketQr(body.qr);
    if (scanned === null || !this.signer.verify('ticket', scanned.code, scanned.signature))
      throw new AppError('check-in.unsigned');
    return scanned.code;
  }

  private async head(manager: EntityManager, eventId: string): Promise<EventHead> {
    const head = await findEventHead(manager, eventId);
    if (head === null) throw new AppError('record.not-found', { what: '活动' });
    return head;
  }

  private audit(
    manager: EntityManager,
    actor: Actor,
    action: string,
    registrationId: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    return writeAudit(manager, {
      actorId: actor.personId,
      action,
      subjectKind: 'registration',
      subjectId: registrationId,
      detail,
    });
  }
}

/** The refusal of a check-in at `now`, or null within the event's hours. */
function outsideHours(event: EventHead['event'], now: Date): AppError | null {
  const times = { startsAt: new Date(event.startsAt), endsAt: new Date(event.endsAt) };
  const refusal = checkInRefusal(times, now);
  if (refusal === null) return null;
  const { opensAt, closesAt } = checkInWindow(times);
  const at = refusal === 'too-early' ? opensAt : closesAt;
  return new AppError(`check-in.${refusal}`, {
    event: event.title,
    at: `${shanghaiDay(at)} ${formatShanghaiTime(at)}`,
  });
}

/** Only an organizer may go on, and says why. */
function demandOverride(actor: Actor, body: CheckInBody, refusal: AppError): void {
  if (body.overrideNote === undefined) throw refusal;
  if (!isOrganizer(actor)) throw new AppError('auth.forbidden');
}
