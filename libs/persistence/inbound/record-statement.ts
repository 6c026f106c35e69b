import type { EntityManager } from 'typeorm';
import type { Answer } from '#libs/domain/calendar/inbound/decide-statement.js';

export interface AnswerRecord {
  readonly calendarObjectId: string;
  readonly instance: Date | null;
  readonly answer: Answer;
  readonly comment: string;
  readonly channel: 'mail' | 'web';
  readonly sequence: number;
  readonly statedAt: Date;
  readonly inboundMailId: string | null;
  readonly now: Date;
}

/** Writes answers down in their order, all at once. */
export async function recordAnswers(manager: EntityManager, records: readonly AnswerRecord[]): Promise<void> {
  if (records.length === 0) return;
  await manager.query(
    `INSERT INTO calendar_answer (calendar_object_id, instance, answer, comment, channel, sequence, stated_at,
       inbound_mail_id, created_at)
     SELECT object, instance, answer, comment, channel, sequence, stated_at, mail, created_at
     FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::int[], $7::timestamptz[],
       $8::uuid[], $9::timestamptz[]) WITH ORDINALITY
       AS said (object, instance, answer, comment, channel, sequence, stated_at, mail, created_at, place)
     ORDER BY place`,
    [
      records.map((record) => record.calendarObjectId),
      records.map((record) => record.instance),
      records.map((record) => record.answer),
      records.map((record) => record.comment),
      records.map((record) => record.channel),
      records.map((record) => record.sequence),
      records.map((record) => record.statedAt),
      records.map((record) => record.inboundMailId),
      records.map((record) => record.now),
    ],
  );
}

export interface ProposalRecord {
  readonly calendarObjectId: string;
  readonly instance: Date | null;
  readonly start: Date;
  readonly end: Date;
  readonly comment: string;
  readonly sequence: number;
  readonly statedAt: Date;
  readonly inboundMailId: string;
  readonly now: Date;
}

/** Writes proposals down, all at once. A repeated one is not written again. */
export async function recordProposals(
  manager: EntityManager,
  records: readonly ProposalRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await manager.query(
    `INSERT INTO calendar_proposal (calendar_object_id, instance, starts_at, ends_at, comment, sequence, stated_at,
       inbound_mail_id, created_at)
     SELECT DISTINCT ON (object, instance, starts_at, ends_at, sequence) object, instance, starts_at, ends_at, comment,
       sequence, stated_at, mail, created_at
     FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::int[],
       $7::timestamptz[], $8::uuid[], $9::timestamptz[]) WITH ORDINALITY
       AS said (object, instance, starts_at, ends_at, comment, sequence, stated_at, mail, created_at, place)
     WHERE NOT EXISTS (
       SELECT 1 FROM calendar_proposal p WHERE p.calendar_object_id = said.object
         AND p.instance IS NOT DISTINCT FROM said.instance AND p.starts_at = said.starts_at
         AND p.ends_at = said.ends_at AND p.sequence = said.sequence)
     ORDER BY object, instance, starts_at, ends_at, sequence, place`,
    [
      records.map((record) => record.calendarObjectId),
      records.map((record) => record.instance),
      records.map((record) => record.start),
      records.map((record) => record.end),
      records.map((record) => record.comment),
      records.map((record) => record.sequence),
      records.map((record) => record.statedAt),
      records.map((record) => record.inboundMailId),
      records.map((record) => record.now),
    ],
  );
}
