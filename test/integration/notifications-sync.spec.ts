import { jest } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import {
  syncEventInvitations,
  syncMeetingInvitations,
  syncRegistrationInvitation,
  workBacklog,
} from '#libs/persistence/notifications/sync-invitations.js';
import { createTestDatabase, openTestDataSource, type TestDatabase } from '../support/database.js';
import { addGuests } from '../support/guests.js';
import type { DataSource } from 'typeorm';

const NOW = new Date('2026-11-22T08:00:00Z');
const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

// Real servers and queues share the machine with other suites.
jest.setTimeout(60_000);

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await openTestDataSource(database.url);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

let counter = 0;
async function insert(table: string, row: Record<string, unknown>): Promise<string> {
  const names = Object.keys(row);
  const [written] = await dataSource.query<{ id: string }[]>(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')}) RETURNING id`,
    Object.values(row),
  );
  return written!.id;
}

const makePerson = (name: string, locale = 'zh-CN') =>
  insert('person', { name, email: `p${(counter += 1)}@test.example`, locale });

async function makeEvent(): Promise<string> {
  const venue = await insert('venue', { name: `创新中心 ${(counter += 1)}`, address: '港前大道 1 号' });
  const host = await insert('organisation', { name: '区科技局', kind: 'government', status: 'verified' });
  return insert('event', {
    kind: 'matchmaking',
    title: '海洋装备对接会',
    title_en: 'Marine matchmaking',
    state: 'published',
    starts_at: '2026-12-01T06:00:00Z',
    ends_at: '2026-12-01T09:00:00Z',
    venue_id: venue,
    host_id: host,
    capacity: 100,
  });
}

const register = (eventId: string, personId: string) =>
  insert('registration', {
    event_id: eventId,
    person_id: personId,
    status: 'confirmed',
    seats_held: 1,
    ticket_code: `T${(counter += 1)}`,
  });

interface Row {
  id: string;
  method: string;
  sequence: number;
  topic: string;
  person_id: string;
  invitation: {
    cancelledWhole: boolean;
    start: string;
    stampedAt: string;
    location: string;
    summary: string;
  };
  payload: Record<string, unknown>;
}
const rowsOf = (eventId: string): Promise<Row[]> =>
  dataSource.query("SELECT * FROM notification WHERE event_id = $1 AND channel = 'mail' ORDER BY id", [
    eventId,
  ]);
const brief = (rows: Row[]) =>
  rows.map((row) => [row.method, row.sequence, row.topic, row.invitation.cancelledWhole]);
const inTransaction = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> =>
  dataSource.transaction(work);

test('a confirmed registration is invited once, told of a new time once, and uninvited without the event ending', async () => {
  const eventId = await makeEvent();
  const registrationId = await register(eventId, await makePerson('王工'));
  const sync = (now: Date) => inTransaction((m) => syncRegistrationInvitation(m, registrationId, now));

  expect(await sync(NOW)).toHaveLength(1);
  expect(await sync(later(1))).toEqual([]);
  await dataSource.query(
    `UPDATE event SET starts_at = '2026-12-01T07:00Z', ends_at = '2026-12-01T10:00Z' WHERE id = $1`,
    [eventId],
  );
  expect(await inTransaction((m) => syncEventInvitations(m, eventId, later(2)))).toHaveLength(1);
  expect(await inTransaction((m) => syncEventInvitations(m, eventId, later(3)))).toEqual([]);
  await dataSource.query(`UPDATE registration SET status = 'cancelled', seats_held = 0 WHERE id = $1`, [
    registrationId,
  ]);
  expect(await sync(later(4))).toHaveLength(1);
  expect(await sync(later(5))).toEqual([]);

  const rows = await rowsOf(eventId);
  expect(brief(rows)).toEqual([
    ['REQUEST', 0, 'invitation-request', false],
    ['REQUEST', 1, 'invitation-update', false],
    ['CANCEL', 2, 'invitation-cancel', false],
  ]);
  expect(rows[1]!.payload['before']).toEqual({
    summary: '海洋装备对接会',
    startsAt: '2026-12-01T06:00:00.000Z',
    endsAt: '2026-12-01T09:00:00.000Z',
    place: rows[0]!.invitation.location,
  });
  expect(rows[2]!.invitation.start).toBe('2026-12-01T07:00:00.000Z');
});

test('a second registration of the same person is a new invitation with a higher sequence', async () => {
  const eventId = await makeEvent();
  const personId = await makePerson('李工');
  const first = await register(eventId, personId);
  await inTransaction((m) => syncRegistrationInvitation(m, first, NOW));
  await dataSource.query(`UPDATE registration SET status = 'cancelled', seats_held = 0 WHERE id = $1`, [
    first,
  ]);
  await inTransaction((m) => syncRegistrationInvitation(m, first, NOW));
  const second = await register(eventId, personId);
  await inTransaction((m) => syncRegistrationInvitation(m, second, NOW));
  expect(brief(await rowsOf(eventId))).toEqual([
    ['REQUEST', 0, 'invitation-request', false],
    ['CANCEL', 1, 'invitation-cancel', false],
    ['REQUEST', 2, 'invitation-request', false],
  ]);
});

test('changed words keep the sequence and carry a newer stamp, also when they return to what they were', async () => {
  const eventId = await makeEvent();
  await register(eventId, await makePerson('赵工'));
  const rename = async (title: string) => {
    await dataSource.query('UPDATE event SET title = $2 WHERE id = $1', [eventId, title]);
    await inTransaction((m) => syncEventInvitations(m, eventId, NOW));
  };
  await rename('甲');
  await rename('乙');
  await rename('甲');
  expect(
    (await rowsOf(eventId)).map((row) => [row.sequence, row.invitation.summary, row.invitation.stampedAt]),
  ).toEqual([
    [0, '甲', '2026-11-22T08:00:00.000Z'],
    [0, '乙', '2026-11-22T08:00:01.000Z'],
    [0, '甲', '2026-11-22T08:00:02.000Z'],
  ]);
});

test('cancelling the event tells every invited person, and nobody else', async () => {
  const eventId = await makeEvent();
  const invited = [await makePerson('甲'), await makePerson('Bob', 'en')];
  for (const personId of invited) await register(eventId, personId);
  await inTransaction((m) => syncEventInvitations(m, eventId, NOW));
  await insert('registration', {
    event_id: eventId,
    person_id: await makePerson('候补'),
    status: 'waitlisted',
    ticket_code: `T${(counter += 1)}`,
  });
  await dataSource.query(`UPDATE event SET state = 'cancelled', state_note = '台风' WHERE id = $1`, [
    eventId,
  ]);
  expect(await inTransaction((m) => syncEventInvitations(m, eventId, NOW))).toHaveLength(2);
  const cancels = (await rowsOf(eventId)).filter((row) => row.method === 'CANCEL');
  expect(cancels.map((row) => row.person_id).sort()).toEqual([...invited].sort());
  expect(brief(cancels)).toEqual([
    ['CANCEL', 1, 'invitation-cancel', true],
    ['CANCEL', 1, 'invitation-cancel', true],
  ]);
  expect(cancels.map((row) => row.payload['note'])).toEqual(['台风', '台风']);
  expect(cancels.map((row) => row.invitation.summary).sort()).toEqual([
    'Marine matchmaking',
    '海洋装备对接会',
  ]);
});

test('what is over or held is left alone', async () => {
  const eventId = await makeEvent();
  const registrationId = await register(eventId, await makePerson('孙工'));
  const afterwards = new Date('2026-12-01T09:00:00Z');
  expect(await inTransaction((m) => syncEventInvitations(m, eventId, afterwards))).toEqual([]);
  await inTransaction((m) => syncEventInvitations(m, eventId, NOW));
  await dataSource.query(`UPDATE registration SET status = 'cancelled', seats_held = 0 WHERE id = $1`, [
    registrationId,
  ]);
  expect(await inTransaction((m) => syncEventInvitations(m, eventId, afterwards))).toEqual([]);
  await dataSource.query(`UPDATE event SET state = 'held' WHERE id = $1`, [eventId]);
  expect(await inTransaction((m) => syncEventInvitations(m, eventId, NOW))).toEqual([]);
  expect(brief(await rowsOf(eventId))).toEqual([['REQUEST', 0, 'invitation-request', false]]);
});

test('both sides of a meeting are invited, moved and told that it is off', async () => {
  const eventId = await makeEvent();
  const [a, b, c] = [await makePerson('企业方'), await makePerson('院所方'), await makePerson('接替者')];
  const meetingId = await insert('meeting', {
    event_id: eventId,
    enterprise_id: await insert('organisation', { name: '船厂', kind: 'enterprise' }),
    institute_id: await insert('organisation', { name: '海洋所', kind: 'institute' }),
    enterprise_person_id: a,
    institute_person_id: b,
    status: 'scheduled',
    starts_at: '2026-12-01T06:00:00Z',
    ends_at: '2026-12-01T06:20:00Z',
    table_id: await insert('meeting_table', { event_id: eventId, label: '3', position: 1 }),
  });
  const sync = () => inTransaction((m) => syncMeetingInvitations(m, [meetingId], NOW));
  expect(await sync()).toHaveLength(2);
  expect(await sync()).toEqual([]);
  expect((await rowsOf(eventId)).map((row) => row.invitation.summary).sort()).toEqual([
    '一对一洽谈：海洋所',
    '一对一洽谈：船厂',
  ]);
  await dataSource.query('UPDATE meeting SET institute_person_id = $2 WHERE id = $1', [meetingId, c]);
  expect(await sync()).toHaveLength(3);
  await dataSource.query(`UPDATE meeting SET status = 'requested' WHERE id = $1`, [meetingId]);
  expect(await sync()).toHaveLength(2);
  const of = async (personId: string) =>
    brief((await rowsOf(eventId)).filter((row) => row.person_id === personId));
  expect(await of(b)).toEqual([
    ['REQUEST', 0, 'invitation-request', false],
    ['CANCEL', 1, 'invitation-cancel', false],
  ]);
  expect(await of(c)).toEqual([
    ['REQUEST', 0, 'invitation-request', false],
    ['CANCEL', 1, 'invitation-cancel', true],
  ]);
  // The counterpart's name stands in the text: the same sequence, told again.
  expect(await of(a)).toEqual([
    ['REQUEST', 0, 'invitation-request', false],
    ['REQUEST', 0, 'invitation-update', false],
    ['CANCEL', 1, 'invitation-cancel', true],
  ]);
});

test('an event with thousands of places is synchronised in few queries and only once under concurrency', async () => {
  const eventId = await makeEvent();
  await addGuests(dataSource, eventId, 2_000, 'many');
  const written = await Promise.all(
    [1, 2, 3].map(() => inTransaction((m) => syncEventInvitations(m, eventId, NOW))),
  );
  // Whoever finds nothing to write for the first guests still has somebody woken for the others.
  expect(written.map((ids) => ids.length).sort((x, y) => x - y)).toEqual([1, 1, 500]);
  const work = async (): Promise<void> => {
    while (await inTransaction((m) => workBacklog(m, eventId, later(1))));
  };
  await Promise.all([work(), work(), work()]);
  const rows = await rowsOf(eventId);
  expect(rows).toHaveLength(2000);
  expect(new Set(rows.map((row) => row.person_id)).size).toBe(2000);
}, 60_000);

test('guests whose turn comes after another change are told what holds then, and nobody is told twice', async () => {
  const eventId = await makeEvent();
  await addGuests(dataSource, eventId, 1_200, 'some');
  const workOff = async (now: Date): Promise<void> => {
    while (await inTransaction((m) => workBacklog(m, eventId, now)));
  };
  await inTransaction((m) => syncEventInvitations(m, eventId, NOW));
  expect(await inTransaction((m) => workBacklog(m, eventId, NOW))).toBe(true);
  await dataSource.query(
    `UPDATE event SET starts_at = '2026-12-01T07:00Z', ends_at = '2026-12-01T10:00Z' WHERE id = $1`,
    [eventId],
  );
  await inTransaction((m) => syncEventInvitations(m, eventId, later(1)));
  await workOff(later(1));
  const count = (rows: Row[]) => {
    const counts: Record<string, number> = {};
    for (const { topic, invitation } of rows) {
      const key = `${topic} ${invitation.start}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  };
  expect(count(await rowsOf(eventId))).toEqual({
    'invitation-request 2026-12-01T06:00:00.000Z': 1000,
    'invitation-update 2026-12-01T07:00:00.000Z': 1000,
    'invitation-request 2026-12-01T07:00:00.000Z': 200,
  });
  // Called off while guests wait: whoever was never invited hears nothing.
  await addGuests(dataSource, eventId, 700, 'late');
  await inTransaction((m) => syncEventInvitations(m, eventId, later(2)));
  await dataSource.query(`UPDATE event SET state = 'cancelled', state_note = '台风' WHERE id = $1`, [
    eventId,
  ]);
  await inTransaction((m) => syncEventInvitations(m, eventId, later(3)));
  await workOff(later(3));
  const topics = (await rowsOf(eventId)).map((row) => row.topic);
  expect(topics.filter((topic) => topic === 'invitation-request')).toHaveLength(1200);
  expect(topics.filter((topic) => topic === 'invitation-cancel')).toHaveLength(1200);
}, 60_000);
