import { jest } from '@jest/globals';
import type { CalendarLinksView, PersonalFeed } from '#libs/contracts/notifications/feeds.js';
import { readInvitation } from '#libs/domain/calendar/read-invitation.js';
import { validateItip } from '#libs/domain/calendar/validate-itip.js';
import {
  syncEventInvitations,
  syncRegistrationInvitation,
} from '#libs/persistence/notifications/sync-invitations.js';
import { makePerson } from '../support/factories.js';
import { waitForMails } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeOpenEvent } from '../support/registrations.js';

jest.setTimeout(60_000);

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ INBOUND_ADDRESS: 'rsvp@duijie.example', SWEEP_SECONDS: '0.2' });
});
afterAll(() => platform.stop());

async function publish(title: string, programme: string | null = null): Promise<string> {
  const id = await makeOpenEvent(platform, { capacity: 9, title });
  await platform.dataSource.query(
    'UPDATE event SET published_at = now(), programme_id = (SELECT id FROM programme WHERE slug = $2) WHERE id = $1',
    [id, programme],
  );
  return id;
}

const unfold = (text: string) => text.replace(/\r\n /g, '').split('\r\n');
const summaries = (text: string) => unfold(text).filter((line) => /^(SUMMARY|STATUS):/.test(line));

test('public events are a calendar: called-off ones stay, drafts are not in it, and it is valid', async () => {
  await publish('公开对接会');
  const off = await publish('取消的对接会');
  await platform.dataSource.query("UPDATE event SET state = 'cancelled' WHERE id = $1", [off]);
  await makeOpenEvent(platform, { capacity: 9, title: '草稿', state: 'draft' });
  const response = await platform.client().raw('/calendar/public.ics');
  const text = await response.text();
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(validateItip(text)).toEqual([]);
  expect(summaries(text)).toEqual([
    'SUMMARY:公开对接会',
    'STATUS:CONFIRMED',
    'SUMMARY:取消的对接会',
    'STATUS:CANCELLED',
  ]);
  expect(text).toContain('\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n');
});

test('a reader that has the calendar gets 304 until it changes', async () => {
  const id = await publish('不变的对接会');
  const client = platform.client();
  const first = await client.raw('/calendar/public.ics');
  const etag = first.headers.get('etag')!;
  await first.text();
  const again = (headers: Record<string, string>) =>
    client.raw('/calendar/public.ics', { headers }).then((response) => response.status);
  expect(await again({ 'if-none-match': etag })).toBe(304);
  expect(await again({ 'if-none-match': `W/${etag}` })).toBe(304);
  expect(await again({ 'if-none-match': '"other"' })).toBe(200);
  expect((await client.raw('/calendar/public.ics', { method: 'HEAD' })).headers.get('etag')).toBe(etag);
  await platform.dataSource.query(
    "UPDATE event SET title = '变了', updated_at = now() + interval '2 seconds' WHERE id = $1",
    [id],
  );
  expect(await again({ 'if-none-match': etag })).toBe(200);
});

test('feeds and the file of an event come in gzip to whoever takes it, and with 304 to whoever has them', async () => {
  const id = await publish('压缩的对接会'.repeat(40));
  for (const path of ['/calendar/public.ics', `/events/${id}/calendar.ics`]) {
    const get = (headers: Record<string, string>) => platform.client().raw(path, { headers });
    const [plain, zipped] = [
      await get({ 'accept-encoding': 'identity' }),
      await get({ 'accept-encoding': 'gzip' }),
    ];
    expect([plain, zipped].map((one) => one.headers.get('content-encoding'))).toEqual([null, 'gzip']);
    expect(zipped.headers.get('vary')).toContain('accept-encoding');
    expect(await zipped.text()).toBe(await plain.text());
    const tags = [plain, zipped].map((one) => one.headers.get('etag')!);
    expect(tags[1]).toBe(tags[0]!.replace(/"$/, '-gzip"'));
    for (const tag of tags) expect((await get({ 'if-none-match': tag })).status).toBe(304);
    expect((await get({ 'accept-encoding': 'gzip;q=0, br' })).headers.get('content-encoding')).toBeNull();
  }
  await platform.dataSource.query(
    "UPDATE event SET title = '短', updated_at = now() + interval '2 seconds' WHERE id = $1",
    [id],
  );
  const short = await platform
    .client()
    .raw(`/events/${id}/calendar.ics`, { headers: { 'accept-encoding': 'gzip' } });
  expect(short.status).toBe(200);
  expect((await short.text()).includes('SUMMARY:短')).toBe(true);
});

test('a programme has a calendar of its own', async () => {
  await platform.dataSource.query(
    "INSERT INTO programme (slug, name, kind) VALUES ('ocean', '海洋沙龙', 'salon')",
  );
  await publish('海洋沙龙第一期', 'ocean');
  const response = await platform.client().raw('/programmes/ocean/calendar.ics');
  const text = await response.text();
  expect(unfold(text)).toContain('NAME:海洋沙龙');
  expect(summaries(text)).toEqual(['SUMMARY:海洋沙龙第一期', 'STATUS:CONFIRMED']);
  expect((await platform.client().raw('/programmes/nope/calendar.ics')).status).toBe(404);
});

test('a personal calendar is secret, is the person’s own, and ends when it is renewed or revoked', async () => {
  const person = await makePerson(platform);
  const other = await makePerson(platform);
  const eventId = await publish('我的对接会');
  const [registration] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO registration (event_id, person_id, status, seats_held, ticket_code)
     VALUES ($1, $2, 'confirmed', 1, gen_random_uuid()::text) RETURNING id`,
    [eventId, person.id],
  );
  await platform.dataSource.transaction((m) =>
    syncRegistrationInvitation(m, registration!.id, platform.clock.now()),
  );
  const none: PersonalFeed = { feed: null };
  expect((await person.client.get('/me/calendar-feed')).body).toEqual(none);
  const made = await person.client.post<PersonalFeed>('/me/calendar-feed');
  const url = made.body.feed!.url;
  expect(made.body.feed!.webcal).toBe(url.replace('http:', 'webcal:'));
  const read = (address: string) => fetch(address);
  const response = await read(url);
  const text = await response.text();
  expect([response.headers.get('x-robots-tag'), response.headers.get('cache-control')]).toEqual([
    'noindex',
    'private, no-cache',
  ]);
  expect(validateItip(text)).toEqual([]);
  expect(summaries(text)).toEqual(['SUMMARY:我的对接会', 'STATUS:CONFIRMED']);
  expect(unfold(text)).toContain(`UID:event-${eventId}@calendar.duijie`);
  await platform.dataSource.query("UPDATE event SET state = 'cancelled' WHERE id = $1", [eventId]);
  await platform.dataSource.transaction((m) => syncEventInvitations(m, eventId, platform.clock.now()));
  expect(summaries(await (await read(url)).text())).toEqual(['SUMMARY:我的对接会', 'STATUS:CANCELLED']);
  const others = await other.client.post<PersonalFeed>('/me/calendar-feed');
  expect(summaries(await (await read(others.body.feed!.url)).text())).toEqual([]);
  const forged = url.replace(
    /personal\/[0-9a-f-]{36}/,
    /personal\/[0-9a-f-]{36}/.exec(others.body.feed!.url)![0],
  );
  expect((await read(forged)).status).toBe(404);
  const versions = async () => {
    const rows = await platform.dataSource.query<{ feed: string }[]>(
      `SELECT v.feed FROM calendar_feed_version v WHERE v.feed LIKE 'personal %' AND NOT EXISTS (
         SELECT FROM calendar_feed f WHERE f.id = v.feed_id AND f.revoked_at IS NULL)`,
    );
    return rows.map((row) => row.feed);
  };
  await (await read(`${url}?days=true`)).text();
  const renewed = await person.client.post<PersonalFeed>('/me/calendar-feed');
  expect(await versions()).toEqual([]);
  expect([(await read(url)).status, (await read(renewed.body.feed!.url)).status]).toEqual([404, 200]);
  expect((await person.client.delete('/me/calendar-feed')).body).toEqual(none);
  expect((await read(renewed.body.feed!.url)).status).toBe(404);
  await platform.dataSource.query('DELETE FROM person WHERE id = $1', [other.id]);
  const [kept] = await platform.dataSource.query<[{ n: number }]>(
    "SELECT count(*)::int AS n FROM calendar_feed_version WHERE feed LIKE 'personal %'",
  );
  expect([await versions(), kept.n]).toEqual([[], 0]);
});

test('an event tells how to put it into a calendar', async () => {
  const id = await publish('有链接的对接会');
  const links = await platform.client().get<CalendarLinksView>(`/events/${id}/calendar-links`);
  expect(new URL(links.body.google).searchParams.get('text')).toBe('有链接的对接会');
  expect(new URL(links.body.outlook).searchParams.get('subject')).toBe('有链接的对接会');
  expect([links.body.ics, links.body.subscribe]).toEqual([
    `${platform.url}/api/events/${id}/calendar.ics`,
    { all: `${platform.url.replace('http:', 'webcal:')}/api/calendar/public.ics`, programme: null },
  ]);
});

test('an invitation asks for an answer to an address of its own and links to the page for it', async () => {
  const person = await makePerson(platform);
  const eventId = await publish('请答复的对接会');
  const [registration] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO registration (event_id, person_id, status, seats_held, ticket_code)
     VALUES ($1, $2, 'confirmed', 1, gen_random_uuid()::text) RETURNING id`,
    [eventId, person.id],
  );
  await platform.dataSource.transaction((m) =>
    syncRegistrationInvitation(m, registration!.id, platform.clock.now()),
  );
  const [mail] = await waitForMails(platform.dataSource, person.email, 'invitation-request');
  const [object] = await platform.dataSource.query<{ id: string; key: string }[]>(
    "SELECT id, replace(reply_key::text, '-', '') AS key FROM calendar_object WHERE person_id = $1",
    [person.id],
  );
  const invitation = readInvitation(mail!.calendarText!);
  expect(invitation.organizer.email).toBe(`rsvp+${object!.key}@duijie.example`);
  expect(invitation.attendees.map((attendee) => [attendee.email, attendee.rsvp])).toEqual([
    [person.email, true],
  ]);
  const link = mail!.links.find((one) => one.includes('/rsvp/'))!;
  const token = new URL(link).pathname.slice('/rsvp/'.length);
  expect((await platform.client().get(`/rsvp/${token}`)).status).toBe(200);
});
