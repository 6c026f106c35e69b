import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { AnswerView } from '#libs/contracts/notifications/answers.js';
import { CURRENT_ANSWERS } from '#libs/persistence/inbound/load-invited.js';

interface Row extends Omit<AnswerView, 'startsAt' | 'endsAt' | 'statedAt' | 'state'> {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly statedAt: Date | null;
  readonly active: boolean;
}

/** An invitation with the answer that counts. @throws AppError `answer.not-found` */
export async function readAnswer(manager: EntityManager, id: string, now: Date): Promise<AnswerView> {
  const rows = await manager.query<Row[]>(
    `SELECT c.kind, c.snapshot->>'summary' AS summary, (c.snapshot->>'start')::timestamptz AS "startsAt",
            (c.snapshot->>'end')::timestamptz AS "endsAt", c.snapshot->>'location' AS place, p.name,
            c.event_id AS "eventId", c.state = 'active' AS active, a.answer, coalesce(a.comment, '') AS comment,
            a.stated_at AS "statedAt", a.channel
     FROM calendar_object c JOIN person p ON p.id = c.person_id
     LEFT JOIN (${CURRENT_ANSWERS}) a ON a.calendar_object_id = c.id AND a.instance IS NULL
     WHERE c.id = $1`,
    [id],
  );
  const row = rows[0];
  if (row === undefined) throw new AppError('answer.not-found');
  const { active, startsAt, endsAt, statedAt, ...rest } = row;
  return {
    ...rest,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    statedAt: statedAt?.toISOString() ?? null,
    state: !active ? 'off' : endsAt <= now ? 'over' : 'open',
  };
}
