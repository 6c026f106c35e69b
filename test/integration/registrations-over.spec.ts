import type { RegistrationDetail } from '#libs/contracts/registrations/registration.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { readMailbox, waitForMails } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeOpenEvent, offerTokens, seatsOf } from '../support/registrations.js';
import { waitFor } from '../support/wait-for.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

const HOUR = 3_600_000;

async function register(eventId: string, person: TestPerson): Promise<string> {
  const answer = await person.client.post<{ id: string }>(`/events/${eventId}/registrations`, {});
  expect(answer.status).toBe(201);
  return answer.body.id;
}
const read = async (person: TestPerson, id: string): Promise<unknown[]> => {
  const { body } = await person.client.get<RegistrationDetail>(`/registrations/${id}`);
  return [body.status, body.expiredBecause];
};
const expired = (person: TestPerson, id: string): Promise<unknown> =>
  waitFor(async () => (await read(person, id))[0] === 'expired', 'the registration to be closed');

test('what nobody decided is closed when the event is over, with one mail; nothing changes twice', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 5, approvalRequired: true, startsIn: 2 });
  const waiting = await makePerson(platform);
  const seated = await makePerson(platform);
  const english = await makePerson(platform, { locale: 'en' });
  const pending = await register(eventId, waiting);
  const approved = await register(eventId, seated);
  const other = await register(eventId, english);
  const approve = (ids: string[]) =>
    organizer.client.post(`/organizer/events/${eventId}/registrations/approve`, { ids });
  await approve([approved]);
  platform.clock.advance(4 * HOUR - 60_000);
  try {
    expect(await read(waiting, pending)).toEqual(['pending', null]);
    platform.clock.advance(60_000);
    await expired(waiting, pending);
    await expired(english, other);
    expect(await read(waiting, pending)).toEqual(['expired', 'not-decided']);
    expect(await read(seated, approved)).toEqual(['confirmed', null]);
    const [mail] = await waitForMails(platform.dataSource, waiting.email, 'registration-expired');
    expect(mail!.subject).toBe('报名未能及时审核：测试论坛');
    const [translated] = await waitForMails(platform.dataSource, english.email, 'registration-expired');
    expect(translated!.subject).toBe('Not decided in time: 测试论坛');
    const late = await approve([pending]);
    expect([late.status, late.body['code']]).toEqual([409, 'registration.event-over']);
    const trail: unknown[] = await platform.dataSource.query(
      "SELECT action, actor_id AS actor, detail FROM audit_entry WHERE subject_id = $1 AND action <> 'register'",
      [pending],
    );
    expect(trail).toEqual([
      {
        action: 'expire-registration',
        actor: null,
        detail: { from: 'pending', to: 'expired', note: null },
      },
    ]);
  } finally {
    platform.clock.advance(-4 * HOUR);
  }
});

test('an offer ends with its event however long it was to last, and who waited hears nothing', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 1, offerHours: 200, startsIn: 240 });
  const [first, asked, last] = [
    await makePerson(platform),
    await makePerson(platform),
    await makePerson(platform),
  ];
  const seat = await register(eventId, first);
  const offered = await register(eventId, asked);
  const waitlisted = await register(eventId, last);
  await first.client.post(`/registrations/${seat}/cancel`, {});
  const [token] = await offerTokens(platform, offered);
  // The event is brought forward and takes place before the offer ends.
  await platform.dataSource.query(
    "UPDATE event SET starts_at = starts_at - interval '239 hours', ends_at = ends_at - interval '239 hours' WHERE id = $1",
    [eventId],
  );
  const visitor = platform.client();
  expect((await visitor.get(`/offers/${offered}?s=${token}`)).body['state']).toBe('open');
  platform.clock.advance(4 * HOUR);
  try {
    expect((await visitor.get(`/offers/${offered}?s=${token}`)).body['state']).toBe('expired');
    expect((await visitor.post(`/offers/${offered}/accept`, { s: token })).body['code']).toBe(
      'offer.expired',
    );
    await expired(last, waitlisted);
    expect(await read(asked, offered)).toEqual(['expired', 'offer-unanswered']);
    expect(await read(last, waitlisted)).toEqual(['expired', 'never-offered']);
    const [mail] = await waitForMails(platform.dataSource, asked.email, 'registration-expired');
    expect(mail!.subject).toBe('席位保留时间已过：测试论坛');
    expect((await readMailbox(platform.dataSource, last.email)).map((read) => read.topic)).toEqual([
      'registration-waitlisted',
    ]);
    expect(await seatsOf(platform, eventId)).toEqual({
      taken: 0,
      held: 0,
      statuses: { cancelled: 1, expired: 2 },
    });
  } finally {
    platform.clock.advance(-4 * HOUR);
  }
});

test('an event that was marked as held is over before its end', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 5, approvalRequired: true, startsIn: 2 });
  const person = await makePerson(platform);
  const id = await register(eventId, person);
  await platform.dataSource.query("UPDATE event SET state = 'held', held_at = now() WHERE id = $1", [
    eventId,
  ]);
  await expired(person, id);
  expect(await read(person, id)).toEqual(['expired', 'not-decided']);
});
