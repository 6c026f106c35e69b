import { makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import {
  checkIn,
  inTwoDays,
  makeEvent,
  patchEvent,
  putPart,
  readEvent,
  register,
  transition,
} from '../support/events.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

const STATES = ['draft', 'published', 'registration_closed', 'held', 'archived', 'cancelled'];
const ALLOWED: Record<string, Record<string, string>> = {
  draft: { publish: 'published', cancel: 'cancelled' },
  published: { close_registration: 'registration_closed', cancel: 'cancelled' },
  registration_closed: { reopen_registration: 'published', hold: 'held', cancel: 'cancelled' },
  held: { archive: 'archived' },
  archived: {},
  cancelled: {},
};
const ACTIONS = ['publish', 'close_registration', 'reopen_registration', 'hold', 'archive', 'cancel'];
const cases = STATES.flatMap((state) => ACTIONS.map((action) => [state, action] as const));

/** A draft put into a state by hand; one that could be held has begun and somebody came. */
async function eventIn(state: string, action: string): Promise<string> {
  const id = await makeEvent(organizer);
  if (action === 'hold') {
    await checkIn(platform, id, await register(platform, id, await makePerson(platform)));
    await platform.dataSource.query("UPDATE event SET starts_at = now() - interval '1 hour' WHERE id = $1", [
      id,
    ]);
  }
  await platform.dataSource.query('UPDATE event SET state = $2 WHERE id = $1', [id, state]);
  return id;
}

test.each(cases)('%s: %s', async (state, action) => {
  const id = await eventIn(state, action);
  const target = ALLOWED[state]![action];
  const answer = await transition(organizer, id, action, 'reason');
  const [row] = await platform.dataSource.query<[{ state: string }]>(
    'SELECT state FROM event WHERE id = $1',
    [id],
  );
  const audits: unknown[] = await platform.dataSource.query(
    "SELECT detail FROM audit_entry WHERE subject_id = $1 AND action <> 'create-event'",
    [id],
  );
  if (target === undefined) {
    expect([answer.status, answer.body['code'], row.state]).toEqual([409, 'transition.not-allowed', state]);
    expect(audits).toEqual([]);
  } else {
    expect([answer.status, answer.body, row.state]).toEqual([200, { state: target }, target]);
    expect(audits).toEqual([{ detail: { from: state, to: target, note: 'reason' } }]);
  }
});

test('the organizer is told what is missing before publishing', async () => {
  const id = await makeEvent(organizer, { kind: 'matchmaking', registrationClosesAt: inTwoDays(7) });
  expect((await readEvent(organizer, id)).missing).toEqual([
    'window-after-start',
    'slots-missing',
    'tables-missing',
  ]);
  const refused = await transition(organizer, id, 'publish');
  expect([refused.status, refused.body['code']]).toEqual([409, 'event.not-ready']);
  expect(refused.body['problems']).toEqual([
    { field: 'registrationOpensAt', message: 'window-after-start' },
    { field: 'slotMinutes', message: 'slots-missing' },
    { field: 'tables', message: 'tables-missing' },
  ]);
  await patchEvent(organizer, id, {
    registrationClosesAt: inTwoDays(-1),
    slotMinutes: 20,
    slotsStartAt: inTwoDays(1),
    slotsEndAt: inTwoDays(3),
  });
  await putPart(organizer, id, 'tables', { count: 2 });
  expect((await transition(organizer, id, 'publish')).status).toBe(200);
  expect((await readEvent(organizer, id)).publishedAt).not.toBeNull();
  const noTables = await putPart(organizer, id, 'tables', { count: 0 });
  expect([noTables.status, noTables.body['code']]).toEqual([409, 'event.must-stay-ready']);
});

test('an event is held only after it began and somebody came; a cancellation needs a reason', async () => {
  const id = await makeEvent(organizer);
  await transition(organizer, id, 'publish');
  await transition(organizer, id, 'close_registration');
  expect((await transition(organizer, id, 'hold')).body['code']).toBe('event.not-started');
  await platform.dataSource.query("UPDATE event SET starts_at = now() - interval '1 hour' WHERE id = $1", [
    id,
  ]);
  expect((await transition(organizer, id, 'hold')).body['code']).toBe('event.nobody-came');
  const silent = await transition(organizer, id, 'cancel');
  expect([silent.status, silent.body['code']]).toEqual([400, 'event.note-needed']);
  expect((await readEvent(organizer, id)).state).toBe('registration_closed');
});

test('moving a published event tells its people, cancelling calls it off, and impact says how many beforehand', async () => {
  const id = await makeEvent(organizer);
  await transition(organizer, id, 'publish');
  const people = [await makePerson(platform), await makePerson(platform)];
  for (const person of people) await register(platform, id, person);
  const mails = async (): Promise<string[]> =>
    (
      await platform.dataSource.query<{ method: string }[]>(
        "SELECT method FROM notification WHERE event_id = $1 AND channel = 'mail' ORDER BY created_at, id",
        [id],
      )
    ).map((row) => row.method);
  const impact = await organizer.client.post(`/organizer/events/${id}/impact`);
  expect([impact.status, impact.body]).toEqual([
    200,
    { confirmed: 2, offered: 0, waitlisted: 0, pending: 0, meetings: 0 },
  ]);
  await patchEvent(organizer, id, { intro: '只改介绍' });
  expect(await mails()).toEqual([]);
  await patchEvent(organizer, id, { startsAt: inTwoDays(1) });
  expect(await mails()).toEqual(['REQUEST', 'REQUEST']);
  await transition(organizer, id, 'cancel', '台风');
  expect(await mails()).toEqual(['REQUEST', 'REQUEST', 'CANCEL', 'CANCEL']);
  const registrations: unknown = await platform.dataSource.query(
    'SELECT DISTINCT status FROM registration WHERE event_id = $1',
    [id],
  );
  expect(registrations).toEqual([{ status: 'confirmed' }]);
});

test('of two organizers who publish at once, one is refused', async () => {
  const id = await makeEvent(organizer);
  const answers = await Promise.all([
    transition(organizer, id, 'publish'),
    transition(organizer, id, 'publish'),
  ]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
});

test('only organizers touch events', async () => {
  const id = await makeEvent(organizer);
  const stranger = await makePerson(platform);
  const visitor = platform.client();
  for (const [client, status] of [
    [stranger.client, 403],
    [visitor, 401],
  ] as const) {
    expect((await client.get(`/organizer/events/${id}`)).status).toBe(status);
    expect((await client.post(`/organizer/events/${id}/transitions`, { action: 'publish' })).status).toBe(
      status,
    );
    expect((await client.delete(`/organizer/events/${id}`)).status).toBe(status);
    expect((await client.get(`/events/${id}`)).status).toBe(404);
    expect((await client.get(`/events/${id}/calendar.ics`)).status).toBe(404);
  }
  expect((await organizer.client.get(`/events/${id}`)).status).toBe(200);
});

test('only drafts and templates are deleted', async () => {
  const draft = await makeEvent(organizer);
  const published = await makeEvent(organizer);
  await transition(organizer, published, 'publish');
  expect((await organizer.client.delete(`/organizer/events/${draft}`)).status).toBe(200);
  const refused = await organizer.client.delete(`/organizer/events/${published}`);
  expect([refused.status, refused.body['code']]).toEqual([409, 'event.delete-draft-only']);
  expect((await organizer.client.get(`/organizer/events/${draft}`)).status).toBe(404);
});
