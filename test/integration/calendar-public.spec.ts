import { jest } from '@jest/globals';
import type { CalendarLinksView } from '#libs/contracts/notifications/feeds.js';
import { validateItip } from '#libs/domain/calendar/validate-itip.js';
import { syncRegistrationInvitation } from '#libs/persistence/notifications/sync-invitations.js';
import { makeEvent, patchEvent, register, transition } from '../support/events.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

jest.setTimeout(60_000);

const ROOM = 'https://meet.example/j/1234?pwd=secret';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

async function published(change: Record<string, unknown> = {}): Promise<string> {
  const id = await makeEvent(organizer, change);
  expect((await transition(organizer, id, 'publish')).status).toBe(200);
  return id;
}

const unfold = (text: string) => text.replace(/\r\n /g, '');
const read = async (path: string, client = platform.client()) =>
  unfold(await (await client.raw(path)).text());
const uids = (text: string) => [...text.matchAll(/^UID:(.*)\r$/gm)].map((match) => match[1]);

async function programme(slug: string): Promise<string> {
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    "INSERT INTO programme (slug, name, kind) VALUES ($1, $1, 'salon') RETURNING id",
    [slug],
  );
  return row!.id;
}

test('the address of the online room is in no public feed, and in copies of those only who see it on the page', async () => {
  const id = await published({ title: '线上对接会', onlineUrl: ROOM, programmeId: await programme('rooms') });
  const guest = await makePerson(platform);
  const stranger = await makePerson(platform);
  const registrationId = await register(platform, id, guest);
  await platform.dataSource.transaction((m) =>
    syncRegistrationInvitation(m, registrationId, platform.clock.now()),
  );
  for (const client of [platform.client(), guest.client, organizer.client])
    for (const path of ['/calendar/public.ics', '/programmes/rooms/calendar.ics'])
      expect((await read(path, client)).includes('meet.example')).toBe(false);
  const copies = async (client = platform.client()) => {
    const folded = await (await client.raw(`/events/${id}/calendar.ics`)).text();
    expect(validateItip(folded)).toEqual([]);
    const file = unfold(folded);
    const { google, outlook } = (await client.get<CalendarLinksView>(`/events/${id}/calendar-links`)).body;
    return [file, decodeURIComponent(google), decodeURIComponent(outlook)].map((text) => text.includes(ROOM));
  };
  expect(await copies()).toEqual([false, false, false]);
  expect(await copies(stranger.client)).toEqual([false, false, false]);
  expect(await copies(guest.client)).toEqual([true, true, true]);
  expect(await copies(organizer.client)).toEqual([true, true, true]);
  const { headers } = await guest.client.raw(`/events/${id}/calendar.ics`);
  expect([headers.get('cache-control'), headers.get('vary')]).toEqual([
    'private, no-cache',
    expect.stringContaining('cookie'),
  ]);
  const feed = await guest.client.post<{ feed: { url: string } }>('/me/calendar-feed');
  expect(unfold(await (await fetch(feed.body.feed.url)).text())).toContain('meet.example');
});

test('public copies have one UID of their own, not that of the invitation, and count changes from publication on', async () => {
  const slug = 'copies';
  const id = await makeEvent(organizer, { title: '草稿改过的对接会', programmeId: await programme(slug) });
  await patchEvent(organizer, id, { title: '改过的对接会' });
  await transition(organizer, id, 'publish');
  const paths = [`/events/${id}/calendar.ics`, `/programmes/${slug}/calendar.ics`];
  for (const path of paths) {
    const text = await read(path);
    expect(uids(text)).toEqual([`event-${id}-public@calendar.duijie`]);
    expect(/^SEQUENCE:(\d+)/m.exec(text)?.[1] ?? '0').toBe('0');
  }
  expect(uids(await read('/calendar/public.ics'))).toContain(`event-${id}-public@calendar.duijie`);
  await patchEvent(organizer, id, { title: '又改过的对接会' });
  for (const path of paths) expect(await read(path)).toContain('\r\nSEQUENCE:1\r\n');
});

test('a draft that is cancelled stays hidden, a published event that is cancelled does not', async () => {
  const id = await makeEvent(organizer, { title: '从未发布的草稿' });
  expect((await transition(organizer, id, 'cancel', '不办了')).status).toBe(200);
  const off = await published({ title: '发布后取消的活动' });
  expect((await transition(organizer, off, 'cancel', '台风')).status).toBe(200);
  const visitor = platform.client();
  const statuses = async (eventId: string) => {
    const paths = ['', '/calendar-links', '/calendar.ics'].map((path) => `/events/${eventId}${path}`);
    return Promise.all(paths.map(async (path) => (await visitor.raw(path)).status));
  };
  expect([await statuses(id), await statuses(off)]).toEqual([
    [404, 404, 404],
    [200, 200, 200],
  ]);
  const list = await visitor.get<{ rows: { id: string }[] }>('/events?pageSize=100');
  const ids = list.body.rows.map((row) => row.id);
  expect([ids.includes(id), ids.includes(off)]).toEqual([false, true]);
  const person = await makePerson(platform);
  expect((await person.client.get(`/events/${id}/registration-form`)).status).toBe(404);
  expect((await organizer.client.get(`/events/${id}`)).status).toBe(200);
});

test('a calendar from which an event went is sent anew, by its tag and by its time', async () => {
  const id = await published({ title: '换品牌的活动', programmeId: await programme('left') });
  await published({ title: '留下的活动', programmeId: await programme('kept') });
  const read = (headers: Record<string, string> = {}) =>
    platform.client().raw('/programmes/left/calendar.ics', { headers });
  const first = await read();
  expect(await first.text()).toContain(id);
  const had = {
    tag: { 'if-none-match': first.headers.get('etag')! },
    time: { 'if-modified-since': first.headers.get('last-modified')! },
  };
  expect([(await read(had.tag)).status, (await read(had.time)).status]).toEqual([304, 304]);
  await patchEvent(organizer, id, { programmeId: null });
  const again = await read(had.time);
  expect([again.status, (await again.text()).includes(id)]).toEqual([200, false]);
  expect((await read(had.tag)).status).toBe(200);
  const last = again.headers.get('last-modified')!;
  expect(Date.parse(last)).toBeGreaterThan(Date.parse(had.time['if-modified-since']));
  expect((await read({ 'if-modified-since': last })).status).toBe(304);
  // The tag tells more than the time.
  expect((await read({ ...had.tag, 'if-modified-since': last })).status).toBe(200);
});
