import { randomBytes, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { Answers } from '#libs/contracts/registrations/registration.js';
import { ticketCode } from '#libs/domain/registration/ticket.js';
import { syncAttendeeInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { lockEvent, type LockedEvent } from '#libs/persistence/registrations/lock-event.js';
import { countPasses, offerSeats } from '#libs/persistence/registrations/offer-seats.js';
import { planSeats } from '#libs/persistence/registrations/plan-seats.js';
import { judgeAdmission } from './judge-admission.js';

/** Somebody who wants to take part. */
export interface AdmissionRequest {
  readonly eventId: string;
  readonly personId: string;
  readonly personName: string;
  readonly organisationId: string | null;
  readonly groupSize: number;
  readonly answers: Answers;
  /** The organizer who puts them in; null when they register themselves. */
  readonly addedBy: string | null;
}

export interface Admission {
  readonly id: string;
  readonly status: 'pending' | 'confirmed' | 'waitlisted';
  /** Place in the waiting list from 1; null when not on it. */
  readonly position: number | null;
}

export interface AdmittedBatch {
  /** One per request, in their order. */
  readonly outcomes: readonly (Admission | AppError)[];
  /** Notifications to wake after the commit. */
  readonly wake: readonly string[];
}

interface NewRow {
  readonly request: AdmissionRequest;
  readonly answers: Record<string, unknown>;
  readonly status: Admission['status'];
  readonly position: number | null;
  readonly passes: number;
}

/**
 * Registers people for one event in the order given, in one transaction of few statements: the event's lock is held for
 * a moment only, however many there are. All requests must name `eventId`.
 */
export async function admitBatch(
  manager: EntityManager,
  eventId: string,
  requests: readonly AdmissionRequest[],
  clock: () => Date,
): Promise<AdmittedBatch> {
  const event = await lockEvent(manager, eventId);
  if (event === null || event.isTemplate || event.state === 'draft') {
    return { outcomes: requests.map(() => new AppError('record.not-found', { what: '活动' })), wake: [] };
  }
  const now = clock();
  const line = await readLine(manager, eventId, requests);
  const judged = judgeAdmission(event, requests, line.registered, now);
  const accepted = judged.flatMap((verdict) => (verdict instanceof AppError ? [] : [verdict]));
  const seeking = accepted.filter(({ request }) => !isPending(event, request));
  const plan = await planSeats(
    manager,
    event,
    seeking.map(({ request }) => ({ key: request.personId, size: request.groupSize })),
  );
  const skipped = new Set(plan.skipped);
  let position = line.waiting - plan.offers.length;
  const rows = accepted.map(({ request, answers }): NewRow => {
    const common = { request, answers, passes: skipped.has(request.personId) ? 1 : 0 };
    if (isPending(event, request)) return { ...common, status: 'pending', position: null };
    if (plan.seated.has(request.personId)) return { ...common, status: 'confirmed', position: null };
    return { ...common, status: 'waitlisted', position: ++position };
  });
  await countPasses(
    manager,
    plan.skipped.filter((key) => !accepted.some((a) => a.request.personId === key)),
  );
  const written = await insertRows(manager, event, rows, now, line.lastSince);
  const seatedPeople = rows.filter((row) => row.status === 'confirmed').map((row) => row.request.personId);
  const wake = [
    ...written.mails,
    ...(await offerSeats(manager, event, plan.offers, now)),
    ...(await syncAttendeeInvitations(manager, eventId, seatedPeople, now)),
  ];
  const byPerson = new Map(rows.map((row) => [row.request.personId, row]));
  const outcomes = judged.map((verdict): Admission | AppError => {
    if (verdict instanceof AppError) return verdict;
    const { personId } = verdict.request;
    const { status, position: place } = byPerson.get(personId)!;
    return { id: written.ids.get(personId)!, status, position: place };
  });
  return { outcomes, wake };
}

const isPending = (event: LockedEvent, request: AdmissionRequest): boolean =>
  event.approvalRequired && request.addedBy === null;

interface Line {
  /** Active registrations of the people who ask: id by person. */
  readonly registered: ReadonlyMap<string, string>;
  readonly waiting: number;
  readonly lastSince: Date | null;
}

async function readLine(
  manager: EntityManager,
  eventId: string,
  requests: readonly AdmissionRequest[],
): Promise<Line> {
  const rows: { registered: Record<string, string> | null; waiting: number; last: Date | null }[] =
    await manager.query(
      `SELECT (SELECT jsonb_object_agg(person_id, id) FROM registration WHERE event_id = $1 AND person_id = ANY($2)
               AND status IN ('pending', 'confirmed', 'waitlisted', 'offered')) AS registered,
              count(*)::int AS waiting, max(waiting_since) AS last
       FROM registration WHERE event_id = $1 AND status = 'waitlisted'`,
      [eventId, requests.map((request) => request.personId)],
    );
  const { registered, waiting, last } = rows[0]!;
  return { registered: new Map(Object.entries(registered ?? {})), waiting, lastSince: last };
}

/**
 * Registrations, seats, audit and plain mails in one statement. `uuidv7()` grows from row to row, so that ids give the
 * order of those who came in the same millisecond; `waiting_since` never falls behind the line, whatever the clocks say.
 */
const INSERT = `
  WITH new AS (
    SELECT * FROM jsonb_to_recordset($2) AS n(person_id uuid, organisation_id uuid, group_size int, status text,
      answers jsonb, passes int, ticket text, position int, added_by uuid, message_id text)),
  registered AS (
    INSERT INTO registration (event_id, person_id, organisation_id, group_size, status, seats_held, answers,
      waiting_since, times_passed, ticket_code, created_at, confirmed_at, updated_at)
    SELECT $1, person_id, organisation_id, group_size, status, CASE WHEN status = 'confirmed' THEN group_size ELSE 0 END,
      answers, CASE WHEN status = 'waitlisted' THEN $4::timestamptz END, passes, ticket, $3,
      CASE WHEN status = 'confirmed' THEN $3::timestamptz END, $3
    FROM new RETURNING id, person_id),
  seated AS (UPDATE event SET seats_taken = seats_taken + $5 WHERE id = $1 AND $5::int > 0),
  audited AS (
    INSERT INTO audit_entry (actor_id, action, subject_kind, subject_id, detail)
    SELECT coalesce(n.added_by, n.person_id), 'register', 'registration', r.id,
      jsonb_build_object('status', n.status, 'groupSize', n.group_size)
    FROM registered r JOIN new n USING (person_id)),
  mailed AS (
    INSERT INTO notification (dedupe_key, stream_key, topic, person_id, to_address, to_name, locale, payload, event_id,
      message_id, in_app)
    SELECT 'registration-' || n.status || ':' || r.id, 'registration:' || r.id, 'registration-' || n.status, p.id,
      p.email, p.name, p.locale,
      jsonb_build_object('event', CASE WHEN p.locale = 'en' THEN coalesce(e.title_en, e.title) ELSE e.title END,
        'startsAt', e.starts_at, 'endsAt', e.ends_at, 'link', '/registrations/' || r.id, 'position', n.position),
      $1, n.message_id, true
    FROM registered r JOIN new n USING (person_id) JOIN person p ON p.id = r.person_id JOIN event e ON e.id = $1
    WHERE n.status <> 'confirmed' RETURNING id),
  unspread AS (INSERT INTO notification_unspread (notification_id) SELECT id FROM mailed)
  SELECT (SELECT jsonb_object_agg(person_id, id) FROM registered) AS ids,
         (SELECT coalesce(jsonb_agg(id), '[]') FROM mailed) AS mails`;

async function insertRows(
  manager: EntityManager,
  event: LockedEvent,
  rows: readonly NewRow[],
  now: Date,
  lastSince: Date | null,
): Promise<{ ids: ReadonlyMap<string, string>; mails: readonly string[] }> {
  if (rows.length === 0) return { ids: new Map(), mails: [] };
  const records = rows.map(({ request, answers, status, passes, position }) => ({
    person_id: request.personId,
    organisation_id: request.organisationId,
    group_size: request.groupSize,
    status,
    answers,
    passes,
    ticket: ticketCode(randomBytes(16)),
    position,
    added_by: request.addedBy,
    message_id: randomUUID(),
  }));
  const seats = rows.reduce((sum, row) => sum + (row.status === 'confirmed' ? row.request.groupSize : 0), 0);
  const since = lastSince !== null && lastSince > now ? lastSince : now;
  const written: { ids: Record<string, string>; mails: string[] }[] = await manager.query(INSERT, [
    event.id,
    JSON.stringify(records),
    now,
    since,
    seats,
  ]);
  event.seatsTaken += seats;
  return { ids: new Map(Object.entries(written[0]!.ids)), mails: written[0]!.mails };
}
