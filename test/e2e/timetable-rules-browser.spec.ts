import { jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
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
import { waitFor } from '../support/wait-for.js';

// What a timetable respects is set in the browser, and a late change shows its cost before anybody is told. Who meets
// whom is proposed with reasons, accepted and taken back; an older version is restored after its preview.
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

/** Answers the question that is asked with yes. */
async function confirm(page: Page): Promise<void> {
  const question = page.locator('.ant-modal-confirm');
  await question.locator('.ant-btn-primary').click();
  await question.waitFor({ state: 'detached' });
}

/** Waits until so many are there. */
const counted = (list: Locator, count: number) =>
  waitFor(async () => (await list.count()) === count, `${count} in the list`);

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

/** An event where two firms have found a lab each, and the second one would like to meet the first one's lab, too. */
async function makePairing(): Promise<string> {
  const event = await makeMeetingEvent(platform, { slots: 4, tables: 2, title: '配对建议对接会' });
  const [first, second] = [
    await makeSide(platform, 'enterprise', '首选公司'),
    await makeSide(platform, 'enterprise', '次选公司'),
  ];
  const [near, far] = [
    await makeSide(platform, 'institute', '近旁研究所'),
    await makeSide(platform, 'institute', '远方研究所'),
  ];
  for (const side of [first, second, near, far]) await registerSide(platform, event.id, side);
  await makeInterest(platform, first, near, { score: 0.9 });
  await makeInterest(platform, second, far, { score: 0.8 });
  await makeInterest(platform, second, near, { score: 0.3, mutual: false });
  return event.id;
}

let pairing: string;

test('who should meet whom: why and why not, some accepted, taken back, accepted again, on the board', async () => {
  pairing = await makePairing();
  const { page } = organizer;
  const pairs = page.getByTestId('assignment-pair');
  const met = async () => (await readBoard(staff, pairing)).meetings.map(({ institute }) => institute.name);
  await page.goto(`${platform.url}/organizer/events/${pairing}/assignment`);
  await page.getByTestId('max-meetings').fill('1');
  await tap(page, 'compute-assignment');
  await page.getByTestId('assignment-figures').waitFor();
  await counted(pairs, 2);
  expect(await pairs.first().innerText()).toContain('为何建议：双方都有意向');
  await page.getByText('已证明：在这些要求下没有更好的配对').waitFor();

  await page.locator('.ant-segmented-item', { hasText: '未选上' }).click();
  await counted(pairs, 1);
  expect(await pairs.innerText()).toContain('次选公司 有意向');
  expect(await pairs.locator('.assign-why').innerText()).toBe(
    '为何不建议：次选公司代表 的场次已满，这些配对更值得：次选公司 – 远方研究所（2301 分）',
  );

  await page.locator('.ant-segmented-item', { hasText: '建议' }).first().click();
  await counted(pairs, 2);
  await page.getByLabel('选择 首选公司 – 近旁研究所').check();
  await tap(page, 'accept-chosen');
  await confirm(page);
  await counted(pairs, 1);
  expect(await met()).toEqual(['近旁研究所']);
  await tap(page, 'undo-acceptance');
  await confirm(page);
  await counted(pairs, 2);
  expect(await met()).toEqual([]);

  await tap(page, 'accept-all');
  await confirm(page);
  await counted(pairs, 0);
  await page.getByText('去安排日程').click();
  await tap(page, 'compute-timetable');
  await page.getByText('草稿 第 1 版').waitFor();
  const cards = page.getByTestId('timetable-cell').getByTestId('meeting-card');
  await counted(cards, 2);
  expect((await cards.allInnerTexts()).map((text) => text.split('\n')[0]!.trim()).sort()).toEqual([
    '次选公司',
    '首选公司',
  ]);
  expect(organizer.troubles).toEqual([]);
});

test('an older version: what it would move and send comes first, then it is the draft and nobody is told', async () => {
  const { page } = organizer;
  const [first] = (await readBoard(staff, pairing)).meetings;
  const versionOf = async () => (await readBoard(staff, pairing)).draft!.id;
  const publish = async (id: string) =>
    expect((await staff.client.post(`/organizer/timetables/${id}/publish`)).status).toBe(200);
  await publish(await versionOf());
  const second = await computeTimetable(staff, pairing);
  const { slots, meetings } = await readBoard(staff, pairing);
  const free = slots.find((slot) => meetings.every(({ place }) => place!.startsAt !== slot.startsAt))!;
  const to = { startsAt: free.startsAt, tableId: first!.place!.tableId };
  const moved = await staff.client.patch(`/organizer/timetables/${second}/placements/${first!.id}`, { to });
  expect(moved.status).toBe(200);
  await publish(second);
  const mails = (await meetingMails(platform, pairing)).length;

  await page.goto(`${platform.url}/organizer/events/${pairing}/timetable`);
  await tap(page, 'compare-versions');
  await page.getByTestId('comparison').getByText('调整 1 场').waitFor();
  await tap(page, 'restore-version');
  const preview = page.getByTestId('restore-preview');
  await preview.waitFor();
  expect(await preview.innerText()).toContain('将写成第 3 版草稿');
  expect(await preview.innerText()).toContain('新增 0 场，调整 1 场，取消 0 场，不变 1 场。');
  await preview.getByTestId('announcement').waitFor();
  expect((await readBoard(staff, pairing)).draft).toBe(null);
  await tap(page, 'confirm-restore');
  await page.getByText('草稿 第 3 版').waitFor();
  const after = (await readBoard(staff, pairing)).meetings.find(({ id }) => id === first!.id)!;
  expect([after.place, after.published!.startsAt]).toEqual([first!.place, free.startsAt]);
  expect(await meetingMails(platform, pairing)).toHaveLength(mails);
  expect(organizer.troubles).toEqual([]);
});

test('a table gets another name after who hears of it was seen', async () => {
  const { page } = organizer;
  const mails = (await meetingMails(platform, pairing)).length;
  await page.goto(`${platform.url}/organizer/events/${pairing}`);
  await page.getByRole('tab', { name: '一对一洽谈' }).click();
  await page.getByLabel('桌号').first().fill('靠窗');
  await tap(page, 'save-tables');
  await page.getByTestId('announcement').getByText('人会收到通知').waitFor();
  expect(await meetingMails(platform, pairing)).toHaveLength(mails);
  await confirm(page);
  await waitFor(
    async () => (await meetingMails(platform, pairing)).length > mails,
    'both sides to hear of it',
  );
});
