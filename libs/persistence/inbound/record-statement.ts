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

export async function recordAnswer(manager: EntityManager, record: AnswerRecord): Promise<void> {
  await manager.query(
    `INSERT INTO calendar_answer (calendar_object_id, instance, answer, comment, channel, sequence, stated_at,
       inbound_mail_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      record.calendarObjectId,
      record.instance,
      record.answer,
      record.comment,
      record.channel,
      record.sequence,
      record.statedAt,
      record.inboundMailId,
      record.now,
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

/** A repeated proposal is not written again. */
export async function recordProposal(manager: EntityManager, record: ProposalRecord): Promise<void> {
  await manager.query(
    `INSERT INTO calendar_proposal (calendar_object_id, instance, starts_at, ends_at, comment, sequence, stated_at,
       inbound_mail_id, created_at)
     SELECT $1, $2::timestamptz, $3::timestamptz, $4::timestamptz, $5, $6::int, $7::timestamptz, $8::uuid, $9::timestamptz
     WHERE NOT EXISTS (
       SELECT 1 FROM calendar_proposal p WHERE p.calendar_object_id = $1 AND p.instance IS NOT DISTINCT FROM $2::timestamptz
         AND p.starts_at = $3::timestamptz AND p.ends_at = $4::timestamptz AND p.sequence = $6::int)`,
    [
      record.calendarObjectId,
      record.instance,
      record.start,
      record.end,
      record.comment,
      record.sequence,
      record.statedAt,
      record.inboundMailId,
      record.now,
    ],
  );
}
