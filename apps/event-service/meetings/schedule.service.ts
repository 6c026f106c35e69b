import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  MySchedule,
  MyTimetable,
  ScheduleEntry,
  ScheduleQuery,
} from '#libs/contracts/meetings/schedule.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { canDecideMeeting } from '#libs/domain/access/meeting-access.js';
import { meetingMachine } from '#libs/domain/evidence/state-machines.js';
import { canTransition } from '#libs/domain/evidence/state-machine.js';
import { findOverlaps } from '#libs/domain/schedule/find-overlaps.js';
import { shanghaiDay, shanghaiDaysSpan } from '#libs/domain/time/shanghai-time.js';
import { sitsInMeeting } from '#libs/persistence/meetings/meeting-people.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { loadEventHead, MEETING_ROWS, type MeetingRow } from './meeting-rows.js';

const DAY_MS = 24 * 3_600_000;
const DEFAULT_DAYS = 90;

type EntryRow = Omit<ScheduleEntry, 'startsAt' | 'endsAt' | 'conflicts'> & { startsAt: Date; endsAt: Date };

/** Confirmed registrations and scheduled meetings of a person that touch a span, in order of time. */
const ENTRIES = `
  SELECT * FROM (
    SELECT 'event' AS kind, e.id, e.id AS "eventId", r.id AS "registrationId", e.title, e.title_en AS "titleEn",
           NULL AS counterpart, NULL AS "counterpartPerson", e.starts_at AS "startsAt", e.ends_at AS "endsAt",
           v.name AS venue, v.address, NULL AS room, NULL AS "table", e.slots_start_at IS NOT NULL AS "oneToOne"
    FROM registration r JOIN event e ON e.id = r.event_id LEFT JOIN venue v ON v.id = e.venue_id
    WHERE r.person_id = $1 AND r.status = 'confirmed' AND e.state NOT IN ('draft', 'cancelled')
    UNION ALL
    SELECT 'meeting', m.id, e.id, NULL, e.title, e.title_en,
           CASE $1 WHEN m.enterprise_person_id THEN io.name WHEN m.institute_person_id THEN eo.name
                   ELSE eo.name || ' – ' || io.name END,
           CASE $1 WHEN m.enterprise_person_id THEN ip.name WHEN m.institute_person_id THEN ep.name
                   ELSE ep.name || ' – ' || ip.name END,
           m.starts_at, m.ends_at, v.name, v.address, room.name, t.label, true
    FROM meeting m JOIN event e ON e.id = m.event_id LEFT JOIN venue v ON v.id = e.venue_id
    JOIN organisation eo ON eo.id = m.enterprise_id JOIN organisation io ON io.id = m.institute_id
    JOIN person ep ON ep.id = m.enterprise_person_id JOIN person ip ON ip.id = m.institute_person_id
    LEFT JOIN meeting_table t ON t.id = m.table_id LEFT JOIN room ON room.id = t.room_id
    WHERE ${sitsInMeeting('$1')} AND m.status IN ('scheduled', 'held', 'no_show')
      AND e.state <> 'cancelled'
  ) entry WHERE "startsAt" < $3 AND "endsAt" > $2 ORDER BY "startsAt", "endsAt" DESC, id`;

/** What a person has to attend. */
@Injectable()
export class ScheduleService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async mine(actor: Actor | null, query: ScheduleQuery): Promise<MySchedule> {
    const from = query.from ?? shanghaiDay(this.clock.now());
    const to = query.to ?? shanghaiDay(new Date(Date.parse(from) + DEFAULT_DAYS * DAY_MS));
    const span = shanghaiDaysSpan(from, to);
    if (span === null)
      throw new AppError('request.invalid', {}, [{ field: 'to', message: 'from must not be after to' }]);
    const rows = await this.transactions.manager.query<EntryRow[]>(ENTRIES, [
      actor?.personId,
      new Date(span.start),
      new Date(span.end),
    ]);
    const overlaps = findOverlaps(
      rows.map(({ id, eventId, kind, startsAt, endsAt }) => ({
        id,
        eventId,
        kind,
        start: startsAt.getTime(),
        end: endsAt.getTime(),
      })),
    );
    const names = new Map(rows.map((row) => [row.id, row.counterpart ?? row.title]));
    const entries = rows.map((row) => ({
      ...row,
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      conflicts: (overlaps.get(row.id) ?? []).map((id) => names.get(id) ?? ''),
    }));
    return { from, to, entries };
  }

  /** The actor's own meetings at an event; drafts of the timetable are not theirs to see. */
  async ofEvent(actor: Actor | null, eventId: string): Promise<MyTimetable> {
    const { manager } = this.transactions;
    const event = await loadEventHead(manager, eventId);
    const rows = await manager.query<MeetingRow[]>(
      `${MEETING_ROWS} WHERE m.event_id = $1 AND ${sitsInMeeting('$2')}
       ORDER BY m.starts_at NULLS LAST, m.id`,
      [eventId, actor?.personId],
    );
    if (rows.length === 0 && event.state === 'draft')
      throw new AppError('record.not-found', { what: '活动' });
    return {
      event,
      meetings: rows.map((row) => {
        const others = [
          [row.enterprisePersonId, row.enterprise, row.enterprisePerson],
          [row.institutePersonId, row.institute, row.institutePerson],
        ].filter(([personId]) => personId !== actor?.personId);
        return {
          id: row.id,
          status: row.status,
          // Who is neither side meets both.
          counterpart: others.map(([, organisation]) => organisation).join(' – '),
          counterpartPerson: others.map(([, , person]) => person).join(' – '),
          guests: row.guests.filter((guest) => guest.personId !== actor?.personId),
          need: row.need,
          capability: row.capability,
          also: row.also,
          startsAt: row.startsAt?.toISOString() ?? null,
          endsAt: row.endsAt?.toISOString() ?? null,
          table: row.table,
          room: row.room,
          canCancel: canDecideMeeting(actor, row) && canTransition(meetingMachine, row.status, 'cancelled'),
        };
      }),
    };
  }
}
