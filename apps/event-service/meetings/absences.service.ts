import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { AbsenceBody, AbsenceView } from '#libs/contracts/meetings/schedule.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { canSetAbsences } from '#libs/domain/access/meeting-access.js';
import { mergeIntervals } from '#libs/domain/time/interval.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { loadGrid } from '#libs/persistence/meetings/event-grid.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { lockArrangeableEvent } from './event-gate.js';

/** Times at an event in which somebody can have no meeting. */
@Injectable()
export class AbsencesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async read(actor: Actor | null, eventId: string, personId?: string): Promise<AbsenceView> {
    return this.view(this.transactions.manager, eventId, whose(actor, personId));
  }

  /** Replaces all of a person's absences at an event. */
  async replace(actor: Actor | null, eventId: string, body: AbsenceBody): Promise<AbsenceView> {
    const personId = whose(actor, body.personId);
    return this.transactions.run(async ({ manager }) => {
      await lockArrangeableEvent(manager, eventId, this.clock.now());
      await refuseOutside(manager, eventId, personId, body);
      const spans = mergeIntervals(
        body.spans.map(({ startsAt, endsAt }) => ({ start: Date.parse(startsAt), end: Date.parse(endsAt) })),
      );
      await manager.query('DELETE FROM absence WHERE event_id = $1 AND person_id = $2', [eventId, personId]);
      await manager.query(
        `INSERT INTO absence (event_id, person_id, starts_at, ends_at)
         SELECT $1, $2, * FROM unnest($3::timestamptz[], $4::timestamptz[])`,
        [eventId, personId, spans.map(({ start }) => new Date(start)), spans.map(({ end }) => new Date(end))],
      );
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action: 'set-absences',
        subjectKind: 'event',
        subjectId: eventId,
        detail: { personId, spans: spans.length },
      });
      return this.view(manager, eventId, personId);
    });
  }

  private async view(manager: EntityManager, eventId: string, personId: string): Promise<AbsenceView> {
    const grid = await loadGrid(manager, eventId, this.clock.now());
    const slots = (grid?.slots ?? []).map(({ start, end }) => ({
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(end).toISOString(),
    }));
    return { ...(await readAbsences(manager, eventId, personId)), slots };
  }
}

function whose(actor: Actor | null, asked: string | undefined): string {
  const personId = asked ?? actor?.personId;
  if (personId === undefined || !canSetAbsences(actor, personId)) throw new AppError('auth.forbidden');
  return personId;
}

async function refuseOutside(
  manager: EntityManager,
  eventId: string,
  personId: string,
  { spans }: AbsenceBody,
): Promise<void> {
  const [row] = await manager.query<{ startsAt: Date; endsAt: Date; registered: boolean }[]>(
    `SELECT starts_at AS "startsAt", ends_at AS "endsAt",
            EXISTS (SELECT FROM registration WHERE event_id = $1 AND person_id = $2 AND status = 'confirmed') AS registered
     FROM event WHERE id = $1`,
    [eventId, personId],
  );
  if (row === undefined || !row.registered) throw new AppError('record.not-found', { what: '报名' });
  const problems = spans.flatMap(({ startsAt, endsAt }, index) => {
    const [start, end] = [new Date(startsAt), new Date(endsAt)];
    const inside = start < end && start >= row.startsAt && end <= row.endsAt;
    return inside ? [] : [{ field: `spans.${index}`, message: 'outside the event, or not before its end' }];
  });
  if (problems.length > 0) throw new AppError('absence.outside', {}, problems);
}

async function readAbsences(
  manager: EntityManager,
  eventId: string,
  personId: string,
): Promise<Omit<AbsenceView, 'slots'>> {
  const spans = await manager.query<{ startsAt: Date; endsAt: Date; hit: number }[]>(
    `SELECT a.starts_at AS "startsAt", a.ends_at AS "endsAt",
            (SELECT count(*) FROM meeting_seat s JOIN meeting m ON m.id = s.meeting_id
             WHERE m.event_id = $1 AND s.person_id = $2 AND s.starts_at < a.ends_at AND a.starts_at < s.ends_at)::int AS hit
     FROM absence a WHERE a.event_id = $1 AND a.person_id = $2 ORDER BY a.starts_at, a.id`,
    [eventId, personId],
  );
  return {
    personId,
    spans: spans.map(({ startsAt, endsAt }) => ({
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
    meetingsHit: spans.reduce((sum, span) => sum + span.hit, 0),
  };
}
