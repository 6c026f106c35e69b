import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import type { MeetingRequest } from '#libs/persistence/entities/meeting-request.entity.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import type { RequestSide } from './full-limits.js';

export interface RequestRow extends MeetingRequest {
  event: string;
  fromPerson: string;
  fromOrganisation: string;
  toPerson: string;
  toOrganisation: string;
  /** Of the meeting it became, null without one or without a time. */
  meetingStartsAt: Date | null;
  meetingEndsAt: Date | null;
}

export const REQUEST_ROWS = `
  SELECT q.id, q.event_id AS "eventId", e.title AS event, q.from_person_id AS "fromPersonId",
         q.from_organisation_id AS "fromOrganisationId", q.to_person_id AS "toPersonId",
         q.to_organisation_id AS "toOrganisationId", fp.name AS "fromPerson", fo.name AS "fromOrganisation",
         tp.name AS "toPerson", t.name AS "toOrganisation", q.status, q.last_word_by AS "lastWordBy",
         q.starts_at AS "startsAt", q.ends_at AS "endsAt", q.message, q.reason, q.answer_by AS "answerBy",
         q.answered_at AS "answeredAt", q.meeting_id AS "meetingId", q.by_organizer AS "byOrganizer", q.created_at AS "createdAt",
         q.updated_at AS "updatedAt", m.starts_at AS "meetingStartsAt", m.ends_at AS "meetingEndsAt"
  FROM meeting_request q JOIN event e ON e.id = q.event_id
  JOIN person fp ON fp.id = q.from_person_id JOIN organisation fo ON fo.id = q.from_organisation_id
  JOIN person tp ON tp.id = q.to_person_id JOIN organisation t ON t.id = q.to_organisation_id
  LEFT JOIN meeting m ON m.id = q.meeting_id`;

export async function findRequest(manager: EntityManager, id: string, personId: string): Promise<RequestRow> {
  const [row] = await manager.query<RequestRow[]>(
    `${REQUEST_ROWS} WHERE q.id = $1 AND $2 IN (q.from_person_id, q.to_person_id)`,
    [id, personId],
  );
  if (row === undefined) throw new AppError('record.not-found', { what: '洽谈邀约' });
  return row;
}

/** Who asked, and who was asked. */
export const sidesOf = (row: RequestRow): RequestSide[] => [
  { personId: row.fromPersonId, organisationId: row.fromOrganisationId },
  { personId: row.toPersonId, organisationId: row.toOrganisationId },
];

type State = TopicPayload<'meeting-request'>['state'];

/** Tells one side of a request what became of it; answers the mail's id. `occasion`: one mail per state and moment. */
export async function tellOf(
  manager: EntityManager,
  row: RequestRow,
  side: 'from' | 'to',
  state: State,
  now: Date,
): Promise<string[]> {
  const personId = side === 'from' ? row.fromPersonId : row.toPersonId;
  const [person] = await manager.query<{ email: string; name: string; locale: 'zh-CN' | 'en' }[]>(
    'SELECT email, name, locale FROM person WHERE id = $1 AND disabled_at IS NULL',
    [personId],
  );
  if (person === undefined) return [];
  const waits = state === 'asked' || state === 'proposed';
  const id = await writeMail(manager, {
    topic: 'meeting-request',
    dedupeKey: `meeting-request:${row.id}:${state}:${side}:${now.getTime()}`,
    personId,
    toAddress: person.email,
    toName: person.name,
    locale: person.locale,
    eventId: row.eventId,
    organisationId: side === 'from' ? row.fromOrganisationId : row.toOrganisationId,
    streamKey: `meeting-request:${row.id}:${side}`,
    payload: {
      state,
      event: row.event,
      counterpart: side === 'from' ? row.toOrganisation : row.fromOrganisation,
      startsAt: row.startsAt?.toISOString() ?? null,
      endsAt: row.endsAt?.toISOString() ?? null,
      note: waits ? row.message : row.reason,
      answerBy: waits ? row.answerBy.toISOString() : null,
      link: `/events/${row.eventId}/schedule`,
    },
  });
  return id === null ? [] : [id];
}
