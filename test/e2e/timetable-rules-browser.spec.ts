import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { freePort, launchBrowser, openSession, openWindow, type Visitor } from '../support/browser.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  meetingMails,
  readBoard,
  registerSide,
  slotAt,
  type Side,
} from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

// What a timetable respects is set in the browser, and a late change shows its cost before anybody is told.
jest.setTimeout(120_000);

let platform: TestPlatform;
let browser: Browser;
let staff: TestPerson;
let organizer: Visitor;
let eventId: string;
let firm: Side;
let lab: Side;

beforeAll(async () => {
  platform = await startTestPlatform({ PORT: String(await freePort()) });
  browser = await launchBrowser();
  staff = await makePerson(platform, { name: '宋文静', roles: ['organizer'] });
  organizer = await openWindow(browser, platform.url, await openSession(platform, staff.id));
  ({ id: eventId } = await makeMeetingEvent(platform, { slots: 4, tables: 2, title: '临时变动对接会' }));
  firm = await makeSide(platform, 'enterprise', '先到公司');
  lab = await makeSide(platform, 'institute', '晚到研究所');
  for (const side of [firm, lab]) await registerSide(platform, eventId, side);
  await makeInterest(platform, firm, lab);
  await staff.client.post(`/organizer/events/${eventId}/meetings/collect`);
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const tap = (page: Page, id: string) => page.getByTestId(id).click();

/** Opens a Select, takes the option with this text, and waits until the list is gone. */
async function choose(page: Page, id: string, text: string): Promise<void> {
  await tap(page, id);
  const list = page.locator('.ant-select-dropdown:visible');
  await list.locator('.ant-select-item-option', { hasText: text }).first().click();
  await list.waitFor({ state: 'hidden' });
}

test('a participant closes slots, a meeting is made longer, and both hold in the next timetable', async () => {
  const mine = await openWindow(browser, platform.url, await openSession(platform, lab.person.id));
  await mine.page.goto(`${platform.url}/events/${eventId}/schedule`);
  await mine.page.getByTestId('slot-chip').first().click();
  await tap(mine.page, 'save-absences');
  await mine.page.getByText('已保存').waitFor();

  const { page } = organizer;
  await computeTimetable(staff, eventId);
  await page.goto(`${platform.url}/organizer/events/${eventId}/timetable`);
  await page.getByTestId('meeting-card').click();
  await page.locator('.ant-modal .ant-collapse-header').click();
  await page.getByTestId('meeting-length').fill('2');
  await tap(page, 'save-settings');
  await page.getByText(/^已保存/).waitFor();
  await page.locator('.ant-modal-close').click();
  const id = await computeTimetable(staff, eventId);
  const [meeting] = (await readBoard(staff, eventId)).meetings;
  expect(meeting).toMatchObject({ length: 2 });
  expect(Date.parse(meeting!.place!.startsAt)).toBeGreaterThanOrEqual(Date.parse(slotAt(1)));
  expect(Date.parse(meeting!.place!.endsAt) - Date.parse(meeting!.place!.startsAt)).toBe(40 * 60_000);
  expect((await staff.client.post(`/organizer/timetables/${id}/publish`)).status).toBe(200);
  expect(mine.troubles).toEqual([]);
});

test('a late arrival: the cost first, nobody told; accepted, exactly those who were named', async () => {
  const { page } = organizer;
  const mails = (await meetingMails(platform, eventId)).length;
  await page.goto(`${platform.url}/organizer/events/${eventId}/timetable`);
  await tap(page, 'late-change');
  await choose(page, 'late-kind', '有人晚到或早退');
  await choose(page, 'late-person', firm.person.name);
  const board = await readBoard(staff, eventId);
  const before = board.meetings[0]!.published!;
  const times = board.slots.map((slot) => new Date(Date.parse(slot.startsAt) + 8 * 3_600_000).toISOString());
  // Away for as long as the meeting has only its last two slots left.
  await choose(page, 'late-startsAt', times[0]!.slice(11, 16));
  await choose(page, 'late-endsAt', times[2]!.slice(11, 16));
  await tap(page, 'late-look');
  await page.getByTestId('late-apply').getByText('确认并通知 2 人').waitFor();
  expect(await page.getByTestId('late-messages').innerText()).toContain('1 封改期');
  expect(await meetingMails(platform, eventId)).toHaveLength(mails);
  await tap(page, 'late-apply');
  await page.getByTestId('late-cost').waitFor({ state: 'detached' });
  const after = (await readBoard(staff, eventId, 'published')).meetings[0]!.published!;
  expect(before.startsAt).toBe(slotAt(1));
  expect(after.startsAt).toBe(slotAt(2));
  const told = (await meetingMails(platform, eventId)).slice(mails);
  expect(told.map(([topic, name]) => `${topic} ${name}`).sort()).toEqual(
    [firm, lab].map((side) => `invitation-update ${side.person.name}`).sort(),
  );
  expect(organizer.troubles).toEqual([]);
});
