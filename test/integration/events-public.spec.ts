import { readInvitation } from '#libs/domain/calendar/read-invitation.js';
import type { EventPage, EventView, OrganizerEventPage } from '#libs/contracts/events/event-views.js';
import { countQueries } from '../support/count-queries.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { inTwoDays, makeEvent, putPart, register, transition } from '../support/events.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform({ SWEEP_SECONDS: '3600' });
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());
afterEach(async () => {
  await platform.dataSource.query('TRUNCATE event, programme CASCADE');
});

async function published(change: Record<string, unknown> = {}): Promise<string> {
  const id = await makeEvent(organizer, change);
  expect((await transition(organizer, id, 'publish')).status).toBe(200);
  return id;
}

const titles = async (query: string): Promise<string[]> => {
  const { status, body } = await platform.client().get<EventPage>(`/events${query}`);
  expect([status, body.total]).toEqual([200, body.rows.length]);
  return body.rows.map((row) => row.title);
};

test('the public list has what was published, filtered, soonest first', async () => {
  const programme = await organizer.client.post<{ id: string }>('/organizer/programmes', {
    slug: 'ocean',
    name: '海洋',
    kind: 'forum',
  });
  await makeEvent(organizer, { title: '草稿' });
  await makeEvent(organizer, { title: '模板', isTemplate: true });
  await published({ title: '后', startsAt: inTwoDays(2), kind: 'training', venue: { name: '100%馆' } });
  await published({ title: '先', programmeId: programme.body.id, editionNo: 3 });
  const past = await published({ title: '往期' });
  await platform.dataSource.query(
    "UPDATE event SET starts_at = now() - interval '2 days', ends_at = now() - interval '1 day' WHERE id = $1",
    [past],
  );
  expect(await titles('?time=upcoming')).toEqual(['先', '后']);
  expect(await titles('?time=past')).toEqual(['往期']);
  expect(await titles('?kind=training')).toEqual(['后']);
  expect(await titles(`?programme=${programme.body.id}`)).toEqual(['先']);
  expect(await titles(`?q=${encodeURIComponent('0%')}`)).toEqual(['后']);
  expect(await titles('?q=_')).toEqual([]);
  const detail = await platform
    .client()
    .get<{ editions: number; events: { title: string; editionNo: number }[] }>('/programmes/ocean');
  expect([detail.body.editions, detail.body.events.map((row) => [row.title, row.editionNo])]).toEqual([
    1,
    [['先', 3]],
  ]);
});

test('organizers see every state with counts', async () => {
  await makeEvent(organizer, { title: '草稿' });
  await makeEvent(organizer, { title: '模板', isTemplate: true });
  await published({ title: '已发布' });
  const read = async (query: string) =>
    (await organizer.client.get<OrganizerEventPage>(`/organizer/events${query}`)).body;
  const all = await read('');
  expect(all.rows.map((row) => row.title).sort()).toEqual(['已发布', '草稿'].sort());
  expect(all.counts).toEqual({
    all: 2,
    draft: 1,
    published: 1,
    registration_closed: 0,
    held: 0,
    archived: 0,
    cancelled: 0,
    templates: 1,
  });
  expect((await read('?templates=true')).rows.map((row) => row.title)).toEqual(['模板']);
  expect((await read('?state=draft')).rows.map((row) => row.title)).toEqual(['草稿']);
});

test('people see seats, their own registration, and the online room once confirmed', async () => {
  const id = await published({ capacity: 2, onlineUrl: 'https://meet.example/1' });
  const person = await makePerson(platform);
  const registrationId = await register(platform, id, person);
  const mine = (await person.client.get<EventView>(`/events/${id}`)).body;
  expect([mine.seatsLeft, mine.door, mine.registration, mine.onlineUrl]).toEqual([
    1,
    'open',
    { id: registrationId, status: 'confirmed', groupSize: 1 },
    'https://meet.example/1',
  ]);
  const visitors = (await platform.client().get<EventView>(`/events/${id}`)).body;
  expect([visitors.registration, visitors.onlineUrl, visitors.online]).toEqual([null, null, true]);
  await register(platform, id, await makePerson(platform));
  expect((await platform.client().get<EventView>(`/events/${id}`)).body.door).toBe('waiting_list');
});

test('the calendar file is a PUBLISH that tells the event, and its cancellation', async () => {
  const id = await published({ title: '论坛, 第一届', venue: { name: '会展中心', address: '滨海路1号' } });
  const file = await platform.client().raw(`/events/${id}/calendar.ics`);
  expect([file.status, file.headers.get('content-type')]).toEqual([
    200,
    'text/calendar; charset=utf-8; method=PUBLISH',
  ]);
  const first = readInvitation(await file.text());
  expect([first.method, first.summary, first.location, first.start.toISOString(), first.sequence]).toEqual([
    'PUBLISH',
    '论坛, 第一届',
    '会展中心，滨海路1号',
    inTwoDays(0),
    0,
  ]);
  expect(first.url).toBe(`${platform.url}/events/${id}`);
  await transition(organizer, id, 'cancel', '台风');
  const text = await (await platform.client().raw(`/events/${id}/calendar.ics`)).text();
  expect(text).toContain('STATUS:CANCELLED');
  expect(readInvitation(text).sequence).toBe(1);
});

test('lists take as many queries for three rows as for one', async () => {
  const count = (path: string): Promise<number> =>
    countQueries(platform, async () => expect((await organizer.client.get(path)).status).toBe(200));
  const paths = ['/events', '/organizer/events', '/programmes'];
  const ids = [await published()];
  const one = [await count(paths[0]!), await count(paths[1]!), await count(paths[2]!)];
  ids.push(await published(), await published());
  for (const id of ids) await putPart(organizer, id, 'agenda', { sessions: [] });
  const three = [await count(paths[0]!), await count(paths[1]!), await count(paths[2]!)];
  expect(three).toEqual(one);
});
