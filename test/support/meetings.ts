import type { TimetableBoardView } from '#libs/contracts/meetings/timetables.js';
import { makeOrganisation, makePerson, type TestPerson } from './factories.js';
import type { TestPlatform, TestScene } from './platform.js';
import { waitFor } from './wait-for.js';

export interface Side {
  readonly person: TestPerson;
  readonly organisationId: string;
  readonly organisation: string;
}

export interface MeetingEventOptions {
  readonly slots: number;
  readonly tables: number;
  readonly title?: string;
  readonly state?: string;
}

const SLOT_MS = 20 * 60_000;

/** 06:00 UTC (14:00 in Shanghai) of the day in ten days, where the slots of every event here begin. */
export const SLOTS_START = new Date(new Date(Date.now() + 240 * 3_600_000).setUTCHours(6, 0, 0, 0));
/** Start of the n-th slot, from 0. */
export const slotAt = (index: number): string =>
  new Date(SLOTS_START.getTime() + index * SLOT_MS).toISOString();

let counter = 0;

/** An event with 20-minute slots and tables "1", "2"...; answers its id and those of its tables. */
export async function makeMeetingEvent(
  platform: TestScene,
  options: MeetingEventOptions,
): Promise<{ id: string; tables: string[] }> {
  const [event] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO event (kind, title, state, starts_at, ends_at, capacity, slot_minutes, slots_start_at, slots_end_at)
     VALUES ('matchmaking', $1, $2, $3, $4, 200, 20, $3, $5) RETURNING id`,
    [
      options.title ?? '对接会',
      options.state ?? 'published',
      SLOTS_START,
      new Date(SLOTS_START.getTime() + 8 * 3_600_000),
      slotAt(options.slots),
    ],
  );
  const tables = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO meeting_table (event_id, label, position)
     SELECT $1, i::text, i FROM generate_series(1, $2) AS places (i) RETURNING id`,
    [event!.id, options.tables],
  );
  return { id: event!.id, tables: tables.map((table) => table.id) };
}

export async function makeSide(
  platform: TestScene,
  kind: 'enterprise' | 'institute',
  name: string,
): Promise<Side> {
  const person = await makePerson(platform, { name: `${name}代表` });
  const organisationId = await makeOrganisation(platform, { kind, name, members: [person] });
  return { person, organisationId, organisation: name };
}

export async function registerSide(
  platform: TestPlatform,
  eventId: string,
  { person, organisationId }: Side,
): Promise<string> {
  counter += 1;
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO registration (event_id, person_id, organisation_id, status, seats_held, ticket_code, confirmed_at)
     VALUES ($1, $2, $3, 'confirmed', 1, $4, now()) RETURNING id`,
    [eventId, person.id, organisationId, `MEET-${counter}`],
  );
  await platform.dataSource.query('UPDATE event SET seats_taken = seats_taken + 1 WHERE id = $1', [eventId]);
  return row!.id;
}

/** A published need and capability whose sides are interested in each other; answers the match's id. */
export async function makeInterest(
  platform: TestScene,
  enterprise: Side,
  institute: Side,
  options: { readonly score?: number; readonly mutual?: boolean } = {},
): Promise<string> {
  const [need] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO need (organisation_id, created_by, status, title) VALUES ($1, $2, 'published', $3) RETURNING id`,
    [enterprise.organisationId, enterprise.person.id, `${enterprise.organisation}的需求`],
  );
  const [capability] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO capability (organisation_id, created_by, status, title) VALUES ($1, $2, 'published', $3) RETURNING id`,
    [institute.organisationId, institute.person.id, `${institute.organisation}的成果`],
  );
  const mutual = options.mutual ?? true;
  const [match] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO match (need_id, capability_id, score, rank, factors, reasons, model_version, need_version,
                        capability_version, need_answer, capability_answer, mutual_at)
     VALUES ($1, $2, $3, 1, '[]', '[]', 'test', 1, 1, 'interested', $4, $5) RETURNING id`,
    [
      need!.id,
      capability!.id,
      options.score ?? 0.5,
      mutual ? 'interested' : 'none',
      mutual ? new Date() : null,
    ],
  );
  return match!.id;
}

/** Asks for a timetable and waits until the worker has made the draft; answers its id. */
export async function computeTimetable(
  organizer: TestPerson,
  eventId: string,
  timeoutMs?: number,
): Promise<string> {
  const { status, body } = await organizer.client.post<{ id: string }>(
    `/organizer/events/${eventId}/timetables`,
  );
  if (status !== 201) throw new Error(JSON.stringify(body));
  await waitForDraft(organizer, body.id, timeoutMs);
  return body.id;
}

export async function waitForDraft(
  organizer: TestPerson,
  timetableId: string,
  timeoutMs?: number,
): Promise<void> {
  await waitFor(
    async () => {
      const { body } = await organizer.client.get<{ status: string; error: string | null }>(
        `/organizer/timetables/${timetableId}`,
      );
      if (body.status === 'failed') throw new Error(body.error ?? '');
      return body.status === 'draft';
    },
    'a draft of the timetable',
    timeoutMs,
  );
}

export async function readBoard(
  organizer: TestPerson,
  eventId: string,
  shown?: 'draft' | 'published',
): Promise<TimetableBoardView> {
  const query = shown === undefined ? '' : `?shown=${shown}`;
  const { status, body } = await organizer.client.get<TimetableBoardView>(
    `/organizer/events/${eventId}/timetable${query}`,
  );
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

/** Mails about meetings, as [topic, recipient, SEQUENCE], in the order in which they were written. */
export async function meetingMails(
  platform: TestPlatform,
  eventId: string,
): Promise<[string, string, number][]> {
  const rows = await platform.dataSource.query<{ topic: string; name: string; sequence: number }[]>(
    `SELECT n.topic, p.name, n.sequence FROM notification n JOIN person p ON p.id = n.person_id
     JOIN calendar_object o ON o.id = n.calendar_object_id
     WHERE n.event_id = $1 AND o.kind = 'meeting' ORDER BY n.created_at, p.name, n.id`,
    [eventId],
  );
  return rows.map((row) => [row.topic, row.name, row.sequence]);
}
