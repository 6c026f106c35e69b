import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import { MEETING_PEOPLE } from '#libs/persistence/meetings/meeting-people.js';
import { readMaxima, type Maximum, type RequestSide } from './full-limits.js';

const SIDES = `
  SELECT person.id AS "personId", CASE person.id WHEN m.enterprise_person_id THEN m.enterprise_id
           WHEN m.institute_person_id THEN m.institute_id
           ELSE (SELECT organisation_id FROM meeting_guest g WHERE g.meeting_id = m.id AND g.person_id = person.id) END
           AS "organisationId"
  FROM meeting m CROSS JOIN LATERAL ${MEETING_PEOPLE} WHERE m.id = $1`;

/** The maxima that a meeting, which is written already, exceeds: of its people, their organisations and kinds of these. */
async function exceededBy(manager: EntityManager, eventId: string, meetingId: string): Promise<Maximum[]> {
  const sides = await manager.query<RequestSide[]>(SIDES, [meetingId]);
  return (await readMaxima(manager, eventId, sides)).filter(({ count, max }) => count > max);
}

/** Organizers may go beyond a maximum, but not by accident. */
export async function refuseUnlessMeant(
  manager: EntityManager,
  eventId: string,
  meetingId: string,
  meant: boolean,
): Promise<void> {
  const exceeded = meant ? [] : await exceededBy(manager, eventId, meetingId);
  if (exceeded.length === 0) return;
  const zh = exceeded.map(({ name, max, count }) => `${name}最多 ${max} 场，已有 ${count - 1} 场`);
  const en = exceeded.map(({ nameEn, max, count }) => `${nameEn} has ${count - 1} of at most ${max}`);
  throw new AppError('meeting.beyond-maxima', { limits: zh.join('；'), limitsEn: en.join('; ') });
}
