import { jest } from '@jest/globals';
import type { AnnouncementView } from '#libs/contracts/notifications/announcement.js';
import type { DeliveriesPage } from '#libs/contracts/notifications/deliveries.js';
import { dueRows } from '../support/due-rows.js';
import { makeEvent, readEvent, patchEvent, shifted, transition } from '../support/events.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { addGuests } from '../support/guests.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(120_000);

const GUESTS = 1_100;

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  // Only what is woken runs: the sweep must not be what helps.
  platform = await startTestPlatform({ SWEEP_SECONDS: '3600' });
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

async function eventWithGuests(name: string, guests = GUESTS): Promise<string> {
  const id = await makeEvent(organizer, { capacity: guests });
  await transition(organizer, id, 'publish');
  await addGuests(platform.dataSource, id, guests, name);
  return id;
}

async function move(id: string): Promise<number> {
  const before = await readEvent(organizer, id);
  const { status } = await patchEvent(organizer, id, {
    updatedAt: before.updatedAt,
    startsAt: shifted(before.startsAt, 3),
    endsAt: shifted(before.endsAt, 3),
  });
  return status;
}

const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  (await platform.dataSource.query<[{ n: number }]>(`SELECT count(*)::int AS n FROM ${sql}`, values))[0].n;

const unwritten = async (eventId?: string): Promise<number> => {
  const query = eventId === undefined ? '' : `?eventId=${eventId}`;
  return (await organizer.client.get<DeliveriesPage>(`/organizer/deliveries${query}`)).body.unwritten;
};

const told = (id: string, where = 'true') =>
  count(
    `(SELECT DISTINCT person_id FROM notification WHERE event_id = $1 AND channel = 'mail' AND ${where})`,
    [id],
  );

test('a change of an event answers before all its guests are written to, and all of them get one mail', async () => {
  const id = await eventWithGuests('all');
  const before = await readEvent(organizer, id);
  const { body } = await organizer.client.post<AnnouncementView>(`/organizer/events/${id}/announcement`, {
    change: {
      updatedAt: before.updatedAt,
      startsAt: shifted(before.startsAt, 3),
      endsAt: shifted(before.endsAt, 3),
    },
  });
  expect([body.people, body.total]).toEqual([GUESTS, GUESTS]);
  expect(await move(id)).toBe(200);
  await waitFor(async () => (await told(id, "status = 'sent'")) === GUESTS, 'every guest to be told', 60_000);
  expect(await count('notification WHERE event_id = $1', [id])).toBe(GUESTS);
  expect(await count('invitation_backlog')).toBe(0);
});

test('an event whose guests cannot be told lets others go first and is tried again', async () => {
  const stuck = await eventWithGuests('stuck', 600);
  // One of the last guests: what was written with them is taken back, what was written before stays.
  await platform.dataSource.query(`ALTER TABLE calendar_object ADD CONSTRAINT no_stuck
    CHECK (snapshot::text NOT LIKE '%stuck600@test.example%') NOT VALID`);
  const calm = await eventWithGuests('calm', 600);
  try {
    expect(await move(stuck)).toBe(200);
    await waitFor(
      async () => (await count('invitation_backlog WHERE due_at > now()')) === 1,
      'the event to be put off',
    );
    expect(await move(calm)).toBe(200);
    await waitFor(async () => (await told(calm)) === 600, 'the other guests to be written to');
    expect(await told(stuck)).toBe(500);
    expect([await unwritten(), await unwritten(stuck), await unwritten(calm)]).toEqual([100, 100, 0]);
  } finally {
    await platform.dataSource.query('ALTER TABLE calendar_object DROP CONSTRAINT no_stuck');
  }
  // The next change begins anew, and does not wait.
  expect(await move(stuck)).toBe(200);
  await waitFor(async () => (await told(stuck)) === 600, 'every guest to be told', 60_000);
});

test('mails that cannot be spread keep no other waiting, and leave once they can', async () => {
  const { ids } = await dueRows(platform, 3);
  const id = await eventWithGuests('unspread', 2);
  await platform.dataSource.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE 'not now'; END $$;
    CREATE TRIGGER no_spread BEFORE DELETE ON notification_unspread EXECUTE FUNCTION refuse()`);
  try {
    await platform.dataSource.query('UPDATE notification SET next_attempt_at = now() WHERE id = ANY($1)', [
      ids,
    ]);
    expect(await move(id)).toBe(200);
    await waitFor(
      async () => (await count("notification WHERE id = ANY($1) AND status = 'sent'", [ids])) === 3,
      'what is spread to leave',
    );
    expect(await told(id, "status = 'queued'")).toBe(2);
  } finally {
    await platform.dataSource.query('DROP FUNCTION refuse CASCADE');
  }
  expect(await move(id)).toBe(200);
  // Each of the two heard of both moves.
  await waitFor(
    async () => (await count("notification WHERE event_id = $1 AND status = 'sent'", [id])) === 4,
    'both guests to be told',
  );
  expect(await told(id, "status <> 'sent'")).toBe(0);
});

test('who changed the language is told of a new title, not of the place in other words', async () => {
  const id = await makeEvent(organizer, { capacity: 1, venue: { name: '会展中心', address: '滨海路1号' } });
  await transition(organizer, id, 'publish');
  await addGuests(platform.dataSource, id, 1, 'tongue');
  expect(await move(id)).toBe(200);
  await platform.dataSource.query("UPDATE person SET locale = 'en' WHERE email LIKE 'tongue%'");
  expect((await patchEvent(organizer, id, { title: '海洋装备论坛' })).status).toBe(200);
  const [first, second] = await platform.dataSource.query<Record<string, unknown>[]>(
    `SELECT locale, sequence, payload->>'place' AS place, payload->'before' AS before FROM notification
     WHERE event_id = $1 AND channel = 'mail' ORDER BY id`,
    [id],
  );
  expect(first).toMatchObject({ locale: 'zh-CN', place: '会展中心，滨海路1号' });
  const { sequence } = first!;
  const place = '会展中心, 滨海路1号';
  expect(second).toMatchObject({ locale: 'en', sequence, place, before: { summary: '海洋科技论坛', place } });
});
