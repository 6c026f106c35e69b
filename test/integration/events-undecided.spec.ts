import { jest } from '@jest/globals';
import type { AnnouncementView } from '#libs/contracts/notifications/announcement.js';
import type { RegistrationDetail } from '#libs/contracts/registrations/registration.js';
import { inTwoDays, makeEvent, patchEvent, readEvent, shifted, transition } from '../support/events.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { readMailbox, waitForMails } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeCrowd, offerTokens, seatsOf } from '../support/registrations.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

async function published(change: Record<string, unknown> = {}): Promise<string> {
  const id = await makeEvent(organizer, { capacity: 1, ...change });
  expect((await transition(organizer, id, 'publish')).status).toBe(200);
  return id;
}

async function register(eventId: string, person: TestPerson): Promise<string> {
  const answer = await person.client.post<{ id: string }>(`/events/${eventId}/registrations`, {});
  expect(answer.status).toBe(201);
  return answer.body.id;
}

/** One person with an offer, one on the waiting list, one pending, and who gave the seat back. */
async function undecided() {
  const eventId = await published();
  const people = [
    await makePerson(platform),
    await makePerson(platform),
    await makePerson(platform, { locale: 'en' }),
  ];
  const first = await makePerson(platform);
  const seat = await register(eventId, first);
  const ids = [await register(eventId, people[0]!), await register(eventId, people[1]!)];
  await first.client.post(`/registrations/${seat}/cancel`, {});
  await platform.dataSource.query('UPDATE event SET approval_required = true WHERE id = $1', [eventId]);
  ids.push(await register(eventId, people[2]!));
  expect((await seatsOf(platform, eventId)).statuses).toEqual({
    cancelled: 1,
    offered: 1,
    pending: 1,
    waitlisted: 1,
  });
  return { eventId, people, ids };
}

const topicsOf = async (person: TestPerson): Promise<string[]> =>
  (await readMailbox(platform.dataSource, person.email)).map((mail) => mail.topic);

test('whoever waited hears once that the event is cancelled and why, and nothing untrue later', async () => {
  const { eventId, people, ids } = await undecided();
  const [token] = await offerTokens(platform, ids[0]!);
  const body = { action: 'cancel', note: '台风来袭' };
  const preview = await organizer.client.post<AnnouncementView>(`/organizer/events/${eventId}/announcement`, {
    transition: body,
  });
  expect(preview.body.people).toBe(3);
  expect((await transition(organizer, eventId, 'cancel', '台风来袭')).status).toBe(200);
  expect(await seatsOf(platform, eventId)).toEqual({
    taken: 0,
    held: 0,
    statuses: { cancelled: 1, expired: 3 },
  });
  for (const [index, person] of people.entries()) {
    const [mail] = await waitForMails(platform.dataSource, person.email, 'registration-event-cancelled');
    expect(mail!.text).toContain('台风来袭');
    expect(mail!.subject).toBe(index === 2 ? 'Event cancelled: 海洋科技论坛' : '活动取消：海洋科技论坛');
    const read = (await person.client.get<RegistrationDetail>(`/registrations/${ids[index]!}`)).body;
    expect([read.status, read.expiredBecause, read.note]).toEqual(['expired', 'event-cancelled', '台风来袭']);
  }
  const visitor = platform.client();
  expect((await visitor.get(`/offers/${ids[0]!}?s=${token}`)).body['state']).toBe('event-cancelled');
  const approving = organizer.client.post(`/organizer/events/${eventId}/registrations/approve`, {
    ids: [ids[2]!],
  });
  for (const refused of [
    await visitor.post(`/offers/${ids[0]!}/accept`, { s: token }),
    await visitor.post(`/offers/${ids[0]!}/decline`, { s: token }),
    await approving,
  ])
    expect([refused.status, refused.body['code']]).toEqual([409, 'registration.event-cancelled']);
  const inApp = await people[0]!.client.get<{ rows: { topic: string }[] }>('/me/messages');
  expect(inApp.body.rows.filter((row) => row.topic === 'registration-event-cancelled')).toHaveLength(1);
  platform.clock.advance(72 * 3_600_000);
  try {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    for (const person of people) expect(await topicsOf(person)).not.toContain('registration-expired');
  } finally {
    platform.clock.advance(-72 * 3_600_000);
  }
});

test('what was left of an event that was cancelled before ends the same way, whatever time its offer had', async () => {
  const { eventId, people, ids } = await undecided();
  await platform.dataSource.query(
    "UPDATE registration SET offer_expires_at = now() - interval '1 hour' WHERE id = $1",
    [ids[0]],
  );
  await platform.dataSource.query("UPDATE event SET state = 'cancelled', state_note = '停电' WHERE id = $1", [
    eventId,
  ]);
  for (const person of people) {
    const [mail] = await waitForMails(platform.dataSource, person.email, 'registration-event-cancelled');
    expect(mail!.text).toContain('停电');
    expect(await topicsOf(person)).not.toContain('registration-expired');
  }
});

test('whoever waits hears of each new time or place once, in their language, and of nothing else', async () => {
  const { eventId, people } = await undecided();
  await patchEvent(organizer, eventId, { title: '海洋装备论坛' });
  const change = { startsAt: shifted(inTwoDays(0), 24), endsAt: shifted(inTwoDays(6), 24) };
  const { updatedAt } = await readEvent(organizer, eventId);
  const preview = await organizer.client.post<AnnouncementView>(`/organizer/events/${eventId}/announcement`, {
    change: { updatedAt, ...change },
  });
  expect(preview.body.people).toBe(3);
  expect((await patchEvent(organizer, eventId, change)).status).toBe(200);
  for (const person of people)
    await waitForMails(platform.dataSource, person.email, 'registration-event-moved');
  expect(
    (await patchEvent(organizer, eventId, { venue: { name: '会展中心', address: '滨海路1号' } })).status,
  ).toBe(200);
  for (const [index, person] of people.entries()) {
    const mails = await waitForMails(platform.dataSource, person.email, 'registration-event-moved', 2);
    expect(mails.map((mail) => mail.subject)).toEqual(
      index === 2
        ? ['New time: 海洋装备论坛', 'New place: 海洋装备论坛']
        : ['活动改期：海洋装备论坛', '地点变更：海洋装备论坛'],
    );
    expect([
      mails[0]!.text.includes(index === 2 ? 'Was at' : '原时间'),
      mails[1]!.text.includes('滨海路1号'),
    ]).toEqual([true, true]);
  }
});

test('thousands who wait are told in one step, each once', async () => {
  const eventId = await published({ capacity: 9 });
  const crowd = await makeCrowd(platform, 3000);
  await platform.dataSource.query(
    `INSERT INTO registration (event_id, person_id, status, seats_held, ticket_code)
     SELECT $1, id, 'pending', 0, id::text FROM unnest($2::uuid[]) AS id`,
    [eventId, crowd.map((person) => person.id)],
  );
  expect((await transition(organizer, eventId, 'cancel', '人太多了')).status).toBe(200);
  const count = async (): Promise<number> => {
    const [row] = await platform.dataSource.query<[{ n: number }]>(
      "SELECT count(DISTINCT person_id)::int AS n FROM notification WHERE event_id = $1 AND topic = 'registration-event-cancelled' AND channel = 'mail'",
      [eventId],
    );
    return row.n;
  };
  expect(await count()).toBe(3000);
  await waitFor(
    async () => (await seatsOf(platform, eventId)).statuses['expired'] === 3000,
    'all to be closed',
  );
});
