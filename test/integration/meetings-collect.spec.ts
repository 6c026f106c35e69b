import type { CollectReport, MeetingView } from '#libs/contracts/meetings/meetings.js';
import type { MyRequests } from '#libs/contracts/meetings/requests.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import {
  makeInterest,
  makeMeetingEvent,
  makeSide,
  readBoard,
  registerSide,
  type Side,
} from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

const firm = (name: string) => makeSide(platform, 'enterprise', name);
const lab = (name: string) => makeSide(platform, 'institute', name);
const collect = async (eventId: string, body?: object) =>
  (await organizer.client.post<CollectReport>(`/organizer/events/${eventId}/meetings/collect`, body)).body;
const view = async (person: TestPerson, id: string) =>
  (await person.client.get<MeetingView>(`/meetings/${id}`)).body;
const alsoOf = async (eventId: string) =>
  (await readBoard(organizer, eventId)).meetings.map((meeting) => meeting.also.map((one) => one.matchId));

/** Two sides who agreed on three matches, one of them the other way round. */
async function makePair(name: string) {
  const { id } = await makeMeetingEvent(platform, { slots: 3, tables: 2 });
  const [a, b] = [await firm(`${name}公司`), await lab(`${name}所`)];
  for (const side of [a, b]) await registerSide(platform, id, side);
  const second = await makeInterest(platform, a, b, { score: 0.6 });
  const best = await makeInterest(platform, a, b, { score: 0.9 });
  const turned = await makeInterest(platform, b, a, { score: 0.3 });
  return { id, a, b, best, further: [second, turned] };
}

test('two people who agreed on several matches get one meeting that stands for all of them', async () => {
  const { id, a, b, best, further } = await makePair('同席');
  expect(await collect(id)).toEqual({ created: 1, joined: 2, existing: 0, skipped: [], beyondMaxima: 0 });
  expect(await collect(id)).toEqual({ created: 0, joined: 0, existing: 3, skipped: [], beyondMaxima: 0 });
  const [meeting, ...rest] = (await readBoard(organizer, id)).meetings;
  expect(rest).toEqual([]);
  const [row] = await platform.dataSource.query<{ match: string }[]>(
    'SELECT match_id AS match FROM meeting WHERE id = $1',
    [meeting!.id],
  );
  expect(row!.match).toBe(best);
  const shown = await view(a.person, meeting!.id);
  expect(shown.also.map((one) => [one.matchId, one.need, one.capability])).toEqual([
    [further[0], '同席公司的需求', '同席所的成果'],
    [further[1], '同席所的需求', '同席公司的成果'],
  ]);
  const mine = await b.person.client.get<{ meetings: { also: unknown[] }[] }>(`/events/${id}/timetable`);
  expect(mine.body.meetings.map((one) => one.also.length)).toEqual([2]);
  // A further interest of the two joins the meeting that there is.
  const later = await makeInterest(platform, a, b, { score: 0.95 });
  expect(await collect(id)).toEqual({ created: 0, joined: 1, existing: 3, skipped: [], beyondMaxima: 0 });
  expect(await alsoOf(id)).toEqual([[later, ...further]]);
});

test('every match of a held meeting counts as met, and its need as one that led to a meeting', async () => {
  const { id, a, b, best, further } = await makePair('见面');
  await collect(id);
  const [meeting] = (await readBoard(organizer, id)).meetings;
  await platform.dataSource.query(
    `UPDATE meeting SET status = 'held', starts_at = now() - interval '1 hour', ends_at = now(),
       table_id = (SELECT id FROM meeting_table WHERE event_id = $2 LIMIT 1) WHERE id = $1`,
    [meeting!.id, id],
  );
  const board = await organizer.client.get<{ rows: { id: string; met: boolean }[] }>(
    `/organizer/match-board?eventId=${id}`,
  );
  expect(board.body.rows.map((row) => [row.id, row.met])).toEqual(
    [best, ...further].map((match) => [match, true]),
  );
  // They met: another interest is no meeting any more.
  const late = await makeInterest(platform, a, b);
  expect((await collect(id)).skipped.map((row) => [row.matchId, row.reason])).toEqual([[late, 'met-before']]);
});

const limit = (eventId: string, side: Side, max: number) =>
  platform.dataSource.query(
    'INSERT INTO meeting_limit (event_id, organisation_id, max_meetings) VALUES ($1, $2, $3)',
    [eventId, side.organisationId, max],
  );
const requestsOf = async (side: Side, eventId: string) =>
  (await side.person.client.get<MyRequests>(`/events/${eventId}/meeting-requests`)).body.requests.map(
    ({ status, byOrganizer, meetingId }) => ({ status, byOrganizer, meetingId }),
  );
const ask = async (from: Side, to: Side, eventId: string) =>
  (
    await from.person.client.post(`/events/${eventId}/meeting-requests`, {
      organisationId: to.organisationId,
      startsAt: null,
    })
  ).status;

/** Two firms that agreed with one laboratory, which may have one meeting; the second also asked it for one. */
async function makeFull(name: string) {
  const { id } = await makeMeetingEvent(platform, { slots: 3, tables: 2 });
  const [a, b, hub] = [await firm(`${name}甲`), await firm(`${name}乙`), await lab(`${name}所`)];
  for (const side of [a, b, hub]) await registerSide(platform, id, side);
  await limit(id, hub, 1);
  expect(await ask(b, hub, id)).toBe(201);
  return { id, a, b, hub };
}

test('collecting stops at a maximum, says whose it is, and goes beyond it only when that is meant', async () => {
  const { id, a, b, hub } = await makeFull('满额');
  await makeInterest(platform, a, hub, { score: 0.9 });
  const left = await makeInterest(platform, b, hub, { score: 0.5 });
  const first = await collect(id);
  expect([first.created, first.beyondMaxima]).toEqual([1, 1]);
  expect(first.skipped.map(({ matchId, reason, full }) => ({ matchId, reason, full }))).toEqual([
    { matchId: left, reason: 'maximum', full: { name: '满额所', organisationKind: null, max: 1 } },
  ]);
  expect((await readBoard(organizer, id)).meetings.map((one) => one.enterprise.name)).toEqual(['满额甲']);
  expect(await requestsOf(hub, id)).toEqual([{ status: 'open', byOrganizer: false, meetingId: null }]);

  const beyond = await collect(id, { beyondMaxima: true });
  expect([beyond.created, beyond.beyondMaxima, beyond.skipped]).toEqual([1, 0, []]);
  const made = (await readBoard(organizer, id)).meetings.find((one) => one.enterprise.name === '满额乙');
  for (const side of [b, hub])
    expect(await requestsOf(side, id)).toEqual([
      { status: 'accepted', byOrganizer: true, meetingId: made!.id },
    ]);
});

test('a meeting added by hand beyond a maximum needs a yes, answers the open request, and gives it back', async () => {
  const { id, a, b, hub } = await makeFull('加场');
  const add = (one: Side, beyondMaxima?: boolean) =>
    organizer.client.post<{ id: string; code: string; detail: string }>(`/organizer/events/${id}/meetings`, {
      enterprisePersonId: one.person.id,
      institutePersonId: hub.person.id,
      ...(beyondMaxima === undefined ? {} : { beyondMaxima }),
    });
  expect((await add(a)).status).toBe(201);
  const refused = await add(b);
  expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
    409,
    'meeting.beyond-maxima',
    '超出场次上限：加场所最多 1 场，已有 1 场。确认超出后可以添加。',
  ]);
  expect((await readBoard(organizer, id)).meetings.length).toBe(1);
  const added = await add(b, true);
  expect(added.status).toBe(201);
  expect(await requestsOf(b, id)).toEqual([
    { status: 'accepted', byOrganizer: true, meetingId: added.body.id },
  ]);
  expect((await organizer.client.delete(`/organizer/meetings/${added.body.id}`)).status).toBe(200);
  expect(await requestsOf(b, id)).toEqual([{ status: 'open', byOrganizer: false, meetingId: null }]);
});

test('a guest counts for the maxima too', async () => {
  const { id, a, hub } = await makeFull('旁听');
  const guest = await lab('旁听二所');
  await registerSide(platform, id, guest);
  await platform.dataSource.query(
    `INSERT INTO meeting_limit (event_id, person_id, max_meetings) VALUES ($1, $2, 0)`,
    [id, guest.person.id],
  );
  const refused = await organizer.client.post<{ detail: string }>(`/organizer/events/${id}/meetings`, {
    enterprisePersonId: a.person.id,
    institutePersonId: hub.person.id,
    guestIds: [guest.person.id],
  });
  expect(refused.body.detail).toBe('超出场次上限：旁听二所代表最多 0 场，已有 0 场。确认超出后可以添加。');
});
