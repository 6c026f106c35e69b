import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { LimitsBody, LimitsView } from '#libs/contracts/meetings/limits.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { brokenConstraint, Transactions } from '#libs/platform/database/transactions.js';
import { lockArrangeableEvent } from './event-gate.js';
import { loadEventHead } from './meeting-rows.js';

/** How many meetings people, organisations and kinds of organisations should have at an event. */
@Injectable()
export class LimitsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async read(eventId: string): Promise<LimitsView> {
    const { manager } = this.transactions;
    await loadEventHead(manager, eventId);
    return readLimits(manager, eventId);
  }

  /** Replaces all limits of an event; they hold from the next timetable and the next move by hand. */
  async replace(actor: Actor | null, eventId: string, { limits }: LimitsBody): Promise<LimitsView> {
    try {
      return await this.transactions.run(async ({ manager }) => {
        await lockArrangeableEvent(manager, eventId, this.clock.now());
        await manager.query('DELETE FROM meeting_limit WHERE event_id = $1', [eventId]);
        await manager.query(
          `INSERT INTO meeting_limit (event_id, person_id, organisation_id, organisation_kind, min_meetings, max_meetings)
           SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::int[])`,
          [
            eventId,
            limits.map((limit) => limit.personId),
            limits.map((limit) => limit.organisationId),
            limits.map((limit) => limit.organisationKind),
            limits.map((limit) => limit.min),
            limits.map((limit) => limit.max),
          ],
        );
        await writeAudit(manager, {
          actorId: actor?.personId ?? null,
          action: 'set-meeting-limits',
          subjectKind: 'event',
          subjectId: eventId,
          detail: { limits: limits.length },
        });
        return readLimits(manager, eventId);
      });
    } catch (error) {
      // Only people, organisations and the event are referred to, and the event is there.
      if (brokenConstraint(error)?.startsWith('FK_'))
        throw new AppError('record.not-found', { what: '参会人或单位' });
      throw error;
    }
  }
}

async function readLimits(manager: EntityManager, eventId: string): Promise<LimitsView> {
  const limits = await manager.query<LimitsView['limits']>(
    `SELECT l.person_id AS "personId", l.organisation_id AS "organisationId", l.organisation_kind AS "organisationKind",
            coalesce(p.name, o.name) AS name, l.min_meetings AS min, l.max_meetings AS max
     FROM meeting_limit l LEFT JOIN person p ON p.id = l.person_id LEFT JOIN organisation o ON o.id = l.organisation_id
     WHERE l.event_id = $1
     ORDER BY l.organisation_kind NULLS LAST, o.name NULLS LAST, p.name, l.id`,
    [eventId],
  );
  return { limits };
}
