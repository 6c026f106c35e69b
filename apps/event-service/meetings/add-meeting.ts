import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { AddMeetingBody } from '#libs/contracts/meetings/meetings.js';
import { joinInterests, peopleKey, readInterests, type InterestRow } from './interests.js';

interface Participant {
  personId: string;
  name: string;
  organisationId: string | null;
  organisation: string | null;
}

/** Adds a requested meeting of two registered people; mutual interests of theirs without meeting are taken along. */
export async function addMeeting(
  manager: EntityManager,
  eventId: string,
  body: AddMeetingBody,
  now: Date,
): Promise<string> {
  const [enterprise, institute] = await participants(manager, eventId, body);
  if (enterprise.organisationId === institute.organisationId || enterprise.personId === institute.personId) {
    throw new AppError('meeting.same-side');
  }
  const [twice] = await manager.query<unknown[]>(
    `SELECT 1 FROM meeting WHERE event_id = $1 AND status <> 'cancelled'
     AND $2 IN (enterprise_person_id, institute_person_id) AND $3 IN (enterprise_person_id, institute_person_id)`,
    [eventId, enterprise.personId, institute.personId],
  );
  if (twice !== undefined) {
    throw new AppError('meeting.exists', { enterprise: enterprise.name, institute: institute.name });
  }
  const interest = await freeInterest(manager, eventId, enterprise, institute);
  const [row] = await manager.query<{ id: string }[]>(
    `INSERT INTO meeting (event_id, match_id, need_id, capability_id, enterprise_id, institute_id,
                          enterprise_person_id, institute_person_id, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) RETURNING id`,
    [
      eventId,
      interest?.matchId ?? null,
      interest?.needId ?? null,
      interest?.capabilityId ?? null,
      enterprise.organisationId,
      institute.organisationId,
      enterprise.personId,
      institute.personId,
      now,
    ],
  );
  await joinInterests(manager, eventId, [enterprise.organisationId, institute.organisationId]);
  return row!.id;
}

async function participants(
  manager: EntityManager,
  eventId: string,
  { enterprisePersonId, institutePersonId }: AddMeetingBody,
): Promise<[Participant, Participant]> {
  const rows = await manager.query<Participant[]>(
    `SELECT p.id AS "personId", p.name, r.organisation_id AS "organisationId", o.name AS organisation
     FROM person p
     LEFT JOIN registration r ON r.person_id = p.id AND r.event_id = $1 AND r.status = 'confirmed'
     LEFT JOIN organisation o ON o.id = r.organisation_id WHERE p.id = ANY($2)`,
    [eventId, [enterprisePersonId, institutePersonId]],
  );
  const find = (id: string): Participant => {
    const row = rows.find((candidate) => candidate.personId === id);
    if (row === undefined) throw new AppError('record.not-found', { what: '参会人' });
    if (row.organisationId === null) throw new AppError('meeting.not-registered', { name: row.name });
    return row;
  };
  return [find(enterprisePersonId), find(institutePersonId)];
}

/** The best interest that these two people would sit down for, else the best between their organisations. */
async function freeInterest(
  manager: EntityManager,
  eventId: string,
  enterprise: Participant,
  institute: Participant,
): Promise<InterestRow | undefined> {
  const between = await readInterests(manager, eventId, [
    enterprise.organisationId,
    institute.organisationId,
  ]);
  const free = between.filter((row) => !row.hasMeeting && row.enterpriseId === enterprise.organisationId);
  const own = peopleKey({ enterprisePersonId: enterprise.personId, institutePersonId: institute.personId });
  return free.find((row) => peopleKey(row) === own) ?? free[0];
}
