import fc from 'fast-check';
import { makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeCrowd, makeOpenEvent, offerTokens, seatsOf } from '../support/registrations.js';
import { waitFor } from '../support/wait-for.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const HOUR = 3_600_000;

const register = async (person: TestPerson, eventId: string, groupSize = 1) =>
  (
    await person.client.post<{ id: string; status: string; position: number | null }>(
      `/events/${eventId}/registrations`,
      { groupSize },
    )
  ).body;

const statusOf = async (id: string): Promise<string> => {
  const rows: { status: string }[] = await platform.dataSource.query(
    'SELECT status FROM registration WHERE id = $1',
    [id],
  );
  return rows[0]!.status;
};

test('300 people at once for 20 seats: 20 confirmed, 280 in one strict line', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 20 });
  const crowd = await makeCrowd(platform, 300);
  const answers = await Promise.all(crowd.map((person) => register(person, eventId)));
  expect(answers.filter((answer) => answer.status === 'confirmed')).toHaveLength(20);
  const positions = answers.flatMap((answer) => answer.position ?? []).sort((a, b) => a - b);
  expect(positions).toEqual(Array.from({ length: 280 }, (_, index) => index + 1));
  expect(await seatsOf(platform, eventId)).toEqual({
    taken: 20,
    held: 20,
    statuses: { confirmed: 20, waitlisted: 280 },
  });
  const line: { id: string }[] = await platform.dataSource.query(
    "SELECT id FROM registration WHERE event_id = $1 AND status = 'waitlisted' ORDER BY waiting_since, id",
    [eventId],
  );
  const told = answers.filter((a) => a.position !== null).sort((a, b) => a.position! - b.position!);
  expect(line.map((row) => row.id)).toEqual(told.map((answer) => answer.id));
  const mails: { topic: string; count: number }[] = await platform.dataSource.query(
    "SELECT topic, count(*)::int AS count FROM notification WHERE event_id = $1 AND channel = 'mail' GROUP BY topic ORDER BY topic",
    [eventId],
  );
  expect(mails).toEqual([
    { topic: 'invitation-request', count: 20 },
    { topic: 'registration-waitlisted', count: 280 },
  ]);
});

test('cancellations and registrations in parallel keep every seat accounted for', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 15 });
  const crowd = await makeCrowd(platform, 90);
  const first = await Promise.all(crowd.slice(0, 45).map((person) => register(person, eventId)));
  const cancelled = await Promise.all([
    ...crowd.slice(45).map((person) => register(person, eventId).then(() => 0)),
    ...crowd
      .slice(0, 45)
      .map((person, index) =>
        index % 2 === 0
          ? person.client
              .post(`/registrations/${first[index]!.id}/cancel`, {})
              .then((answer) => answer.status)
          : Promise.resolve(0),
      ),
  ]);
  expect(new Set(cancelled)).toEqual(new Set([0, 200]));
  const { taken, held, statuses } = await seatsOf(platform, eventId);
  expect([taken, held]).toEqual([15, 15]);
  expect((statuses['confirmed'] ?? 0) + (statuses['offered'] ?? 0)).toBe(15);
  expect(statuses['cancelled']).toBe(23);
  expect(statuses['waitlisted']).toBe(90 - 23 - 15);
});

test('one person registers once, however often they press', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 5 });
  const person = await makePerson(platform);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => person.client.post(`/events/${eventId}/registrations`, {})),
  );
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([
    201,
    ...Array.from({ length: 7 }, () => 409),
  ]);
  const refusal = await person.client.post(`/events/${eventId}/registrations`, {});
  const created = answers.find((answer) => answer.status === 201)!.body['id'];
  expect(refusal.body['code']).toBe('registration.exists');
  expect(refusal.body['params']).toEqual({
    event: '测试论坛',
    link: `/registrations/${String(created)}`,
    id: created,
  });
});

test('a class of 40 is seated whole, is passed three times at most, and then has seats kept for it', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 50, groupMax: 40 });
  const crowd = await makeCrowd(platform, 30);
  const first = await register(crowd[0]!, eventId, 30);
  const school = await register(crowd[1]!, eventId, 40);
  expect([first.status, school.status, school.position]).toEqual(['confirmed', 'waitlisted', 1]);
  for (const index of [2, 3, 4]) expect((await register(crowd[index]!, eventId)).status).toBe('confirmed');
  const fourth = await register(crowd[5]!, eventId);
  expect([fourth.status, fourth.position]).toEqual(['waitlisted', 2]);
  expect((await seatsOf(platform, eventId)).taken).toBe(33);
  await crowd[0]!.client.post(`/registrations/${first.id}/cancel`, {});
  // 47 free: the class gets its 40, then the one behind it.
  expect([await statusOf(school.id), await statusOf(fourth.id)]).toEqual(['offered', 'offered']);
  expect(await seatsOf(platform, eventId)).toEqual({
    taken: 44,
    held: 44,
    statuses: { cancelled: 1, confirmed: 3, offered: 2 },
  });
});

test('an offer that nobody answers expires and goes to the next; links only show, posts act', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 1, offerHours: 2 });
  const [a, b, c, d] = await makeCrowd(platform, 4);
  const seated = await register(a!, eventId);
  const second = await register(b!, eventId);
  const third = await register(c!, eventId);
  const fourth = await register(d!, eventId);
  await a!.client.post(`/registrations/${seated.id}/cancel`, {});
  const [token] = await offerTokens(platform, second.id);
  const visitor = platform.client();
  for (let scan = 0; scan < 3; scan++) {
    const shown = await visitor.get(`/offers/${second.id}?s=${token}`);
    expect([shown.status, shown.body['state']]).toEqual([200, 'open']);
  }
  expect(await statusOf(second.id)).toBe('offered');
  expect((await visitor.get(`/offers/${second.id}?s=x${token!.slice(1)}`)).body['code']).toBe(
    'offer.link-invalid',
  );
  expect((await visitor.post(`/offers/${second.id}/accept`, {})).body['code']).toBe('offer.link-invalid');
  platform.clock.advance(2 * HOUR + 1000);
  try {
    const late = await visitor.post(`/offers/${second.id}/accept`, { s: token });
    expect(late.body['code']).toBe('offer.expired');
    await waitFor(
      async () => (await statusOf(third.id)) === 'offered',
      'the next in line to be offered the seat',
    );
    expect(await statusOf(second.id)).toBe('expired');
    const [next] = await offerTokens(platform, third.id);
    const declined = await visitor.post(`/offers/${third.id}/decline`, { s: next });
    expect([declined.status, declined.body['state']]).toEqual([200, 'declined']);
    expect([await statusOf(third.id), await statusOf(fourth.id)]).toEqual(['cancelled', 'offered']);
    const [last] = await offerTokens(platform, fourth.id);
    const accepted = await visitor.post(`/offers/${fourth.id}/accept`, { s: last });
    expect([accepted.status, accepted.body['state']]).toEqual([200, 'accepted']);
    expect((await visitor.post(`/offers/${fourth.id}/accept`, { s: last })).status).toBe(200);
    expect(await seatsOf(platform, eventId)).toEqual({
      taken: 1,
      held: 1,
      statuses: { cancelled: 2, confirmed: 1, expired: 1 },
    });
  } finally {
    platform.clock.advance(-(2 * HOUR + 1000));
  }
});

test('accepting and declining at the same moment leaves one of both', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 1, offerHours: 1 });
  const [a, b] = await makeCrowd(platform, 2);
  const seated = await register(a!, eventId);
  const waiting = await register(b!, eventId);
  await a!.client.post(`/registrations/${seated.id}/cancel`, {});
  const answers = await Promise.all(
    ['accept', 'decline', 'accept', 'decline'].map((answer) =>
      b!.client.post(`/offers/${waiting.id}/${answer}`, {}),
    ),
  );
  const final = await statusOf(waiting.id);
  const winner = final === 'confirmed' ? 'accepted' : 'declined';
  expect(answers.filter((answer) => answer.status === 200).map((answer) => answer.body['state'])).toEqual([
    winner,
    winner,
  ]);
  const { taken, held } = await seatsOf(platform, eventId);
  expect([taken, held]).toEqual(final === 'confirmed' ? [1, 1] : [0, 0]);
});

type Step = {
  readonly who: number;
  readonly act: 'register' | 'cancel' | 'accept' | 'decline' | 'approve';
  readonly size: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(9),
  act: fc.constantFrom('register', 'register', 'register', 'cancel', 'accept', 'decline', 'approve'),
  size: fc.integer({ min: 1, max: 4 }),
});

test('whatever people do in whatever order, seats taken are seats held and never more than there are', async () => {
  const crowd = await makeCrowd(platform, 10);
  const organizer = await makePerson(platform, { roles: ['organizer'] });
  const play = async (eventId: string, steps: readonly Step[]) => {
    const ids = new Map<number, string>();
    for (const { who, act, size } of steps) {
      const person = crowd[who]!;
      const id = ids.get(who);
      if (act === 'register') {
        const answer = await register(person, eventId, size);
        if (answer.id !== undefined) ids.set(who, answer.id);
      } else if (id !== undefined && act === 'approve') {
        await organizer.client.post(`/organizer/events/${eventId}/registrations/approve`, { ids: [id] });
      } else if (id !== undefined) {
        const path = act === 'cancel' ? `/registrations/${id}/cancel` : `/offers/${id}/${act}`;
        const { status } = await person.client.post(path, {});
        expect([200, 404, 409]).toContain(status);
      }
    }
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      fc.integer({ min: 4, max: 8 }),
      fc.boolean(),
      async (steps, capacity, approvalRequired) => {
        const eventId = await makeOpenEvent(platform, { capacity, groupMax: 4, approvalRequired });
        await play(eventId, steps);
        const { taken, held } = await seatsOf(platform, eventId);
        expect(taken).toBe(held);
        expect(taken).toBeLessThanOrEqual(capacity);
        const idle: { count: number }[] = await platform.dataSource.query(
          `SELECT count(*)::int AS count FROM registration r WHERE event_id = $1 AND status = 'waitlisted'
           AND group_size <= $2 AND NOT EXISTS (SELECT FROM registration w WHERE w.event_id = $1
             AND w.status = 'waitlisted' AND w.times_passed >= 3 AND (w.waiting_since, w.id) < (r.waiting_since, r.id))`,
          [eventId, capacity - taken],
        );
        expect(idle).toEqual([{ count: 0 }]);
      },
    ),
    { numRuns: 30 },
  );
}, 120_000);
