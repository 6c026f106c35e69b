import { jest } from '@jest/globals';
import type { RemindersView } from '#libs/contracts/notifications/reminders.js';
import { makeEvent, patchEvent, register, transition } from '../support/events.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { readMailbox, waitForMails } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

const HOUR = 3_600_000;

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

const inHours = (hours: number): string =>
  new Date(platform.clock.now().getTime() + hours * HOUR).toISOString();

test('a reminder is due again for each new time, never twice for one, and says where to go', async () => {
  const from = inHours(3);
  const id = await makeEvent(organizer, {
    startsAt: from,
    endsAt: inHours(5),
    venue: { name: '会展中心', address: '滨海路1号' },
    onlineUrl: 'https://meet.example/j/1?pwd=secret',
  });
  expect((await transition(organizer, id, 'publish')).status).toBe(200);
  const guest = await makePerson(platform);
  await register(platform, id, guest);
  await organizer.client.post(`/organizer/events/${id}/reminders`, {
    anchor: 'start',
    minutes: -60,
    note: null,
  });
  await organizer.client.post(`/organizer/events/${id}/reminders`, {
    anchor: 'end',
    minutes: 30,
    note: null,
  });
  const done = async (): Promise<boolean[]> => {
    const { body } = await organizer.client.get<RemindersView>(`/organizer/events/${id}/reminders`);
    return body.reminders.map((reminder) => reminder.doneAt !== null);
  };
  const becomes = (wanted: boolean[]) =>
    waitFor(async () => (await done()).join() === wanted.join(), `reminders ${wanted.join()}`);
  const move = async (startsAt: string, endsAt: string) =>
    expect((await patchEvent(organizer, id, { startsAt, endsAt })).status).toBe(200);
  platform.clock.advance(2 * HOUR + 60_000);
  const [first] = await waitForMails(platform.dataSource, guest.email, 'event-reminder');
  expect(first!.text).toContain('会展中心，滨海路1号');
  expect([
    first!.links.some((link) => link.endsWith(`/events/${id}`)),
    first!.text.includes('meet.example'),
  ]).toEqual([true, false]);
  await becomes([true, false]);
  const later = [inHours(25), inHours(27)] as const;
  await move(...later);
  expect(await done()).toEqual([false, false]);
  platform.clock.advance(24 * HOUR + 60_000);
  await waitForMails(platform.dataSource, guest.email, 'event-reminder', 2);
  await becomes([true, false]);
  // There and back again: that time was told.
  await move(inHours(49), inHours(51));
  await move(...later);
  await becomes([true, false]);
  platform.clock.advance(4 * HOUR);
  await waitForMails(platform.dataSource, guest.email, 'event-reminder', 3);
  expect(await readMailbox(platform.dataSource, guest.email, 'event-reminder')).toHaveLength(3);
});
