import { jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { TimetableBoardView } from '#libs/contracts/meetings/timetables.js';
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
  type Side,
} from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

// Interests, timetable, a meeting dragged, computed again, published: only those whose meeting moved are told. What a
// participant cancels is free for others.
jest.setTimeout(120_000);

let platform: TestPlatform;
let browser: Browser;
let staff: TestPerson;
let organizer: Visitor;
let eventId: string;

beforeAll(async () => {
  platform = await startTestPlatform({ PORT: String(await freePort()) });
  browser = await launchBrowser();
  staff = await makePerson(platform, { name: '宋文静', roles: ['organizer'] });
  organizer = await openWindow(browser, platform.url, await openSession(platform, staff.id));
  ({ id: eventId } = await makeMeetingEvent(platform, { slots: 6, tables: 2, title: '水下装备对接会' }));
  for (const mark of ['甲', '乙', '丙']) {
    const firm = await makeSide(platform, 'enterprise', `${mark}公司`);
    const lab = await makeSide(platform, 'institute', `${mark}研究所`);
    for (const side of [firm, lab]) await registerSide(platform, eventId, side);
    await makeInterest(platform, firm, lab);
  }
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const tap = (page: Page, id: string) => page.getByTestId(id).click();

async function compute(page: Page, version: number): Promise<void> {
  await tap(page, 'compute-timetable');
  await page.getByText(`草稿 第 ${version} 版`).waitFor();
  // Its going moves the grid up.
  await page.getByTestId('solver-progress').waitFor({ state: 'detached' });
}

async function publish(page: Page): Promise<string> {
  await tap(page, 'publish-timetable');
  const summary = await page.getByTestId('publish-summary').innerText();
  await tap(page, 'confirm-publish');
  await page.getByTestId('publish-summary').waitFor({ state: 'detached' });
  return summary;
}

/** The card's new place as the server has it. */
const placesOf = (board: TimetableBoardView) =>
  Object.fromEntries(board.meetings.map(({ id, place }) => [id, `${place!.startsAt} ${place!.table}`]));

const cellOf = (page: Page, board: TimetableBoardView, startsAt: string, tableId: string): Locator => {
  const row = board.slots.findIndex((slot) => slot.startsAt === startsAt);
  const column = board.tables.findIndex((table) => table.id === tableId);
  return page.getByTestId('timetable-cell').nth(row * board.tables.length + column);
};

/** In steps, as a hand moves, until the cell says what a drop would do: a drag goes on with the moves of the mouse. */
async function dragOver(page: Page, cell: Locator, words: string): Promise<void> {
  const hint = page.getByTestId('cell-hint').filter({ hasText: words });
  await waitFor(async () => {
    const box = (await cell.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
    await page.mouse.move(box.x + box.width / 2 + 2, box.y + box.height / 2);
    return hint.isVisible();
  }, `the hint ${words}`);
}

test('a meeting that is dragged, locked and published is told to its two people only', async () => {
  const { page } = organizer;
  // The mouse drags only over what is in the window.
  await page.setViewportSize({ width: 1280, height: 1300 });
  await page.goto(`${platform.url}/organizer/events/${eventId}/timetable`);
  await tap(page, 'collect-meetings');
  await page.getByTestId('collect-report').waitFor();
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  await compute(page, 1);
  await page.getByTestId('proof').getByText('已证明最优').waitFor();
  expect(await publish(page)).toContain('新增 3 场');
  expect(await meetingMails(platform, eventId)).toHaveLength(6);

  await compute(page, 2);
  const before = await readBoard(staff, eventId);
  const meeting = before.meetings[0]!;
  const [free, freeTable] = [before.slots.at(-1)!.startsAt, before.tables[1]!.id];
  const target = cellOf(page, before, free, freeTable);
  const other = before.meetings[1]!.place!;
  const card = cellOf(page, before, meeting.place!.startsAt, meeting.place!.tableId).getByTestId(
    'meeting-card',
  );
  // Hovering shows what a drop would do, before it is done.
  await card.hover();
  await page.mouse.down();
  await dragOver(page, cellOf(page, before, other.startsAt, other.tableId), '对调');
  await dragOver(page, target, '可放到这里');
  await page.mouse.up();
  await target.getByTestId('meeting-card').waitFor();

  // Taken back and done again.
  await tap(page, 'undo-change');
  await page.getByTestId('last-change').waitFor({ state: 'detached' });
  expect(placesOf(await readBoard(staff, eventId))).toEqual(placesOf(before));
  await card.dragTo(target);
  await target.getByTestId('meeting-card').click();
  await tap(page, 'lock-meeting');
  await page.locator('.ant-modal-close').click();

  await compute(page, 3);
  const after = await readBoard(staff, eventId);
  expect(placesOf(after)).toEqual({
    ...placesOf(before),
    [meeting.id]: `${free} ${before.tables[1]!.label}`,
  });
  await tap(page, 'compare-versions');
  await page.getByTestId('comparison').getByText('调整 1 场').waitFor();
  await page.locator('.ant-modal-close').click();
  expect(await publish(page)).toContain('调整 1 场');
  const told = (await meetingMails(platform, eventId)).slice(6);
  expect(told.map(([topic, name]) => `${topic} ${name}`).sort()).toEqual(
    [meeting.enterprise.person, meeting.institute.person].map((name) => `invitation-update ${name}`).sort(),
  );
  expect(organizer.troubles).toEqual([]);
});

test('a participant sees what cancelling does, cancels, and the freed slot goes to who waits once both accept', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 1, tables: 1, title: '一席对接会' });
  const pairs: Side[][] = [];
  for (const mark of ['丁', '戊']) {
    const pair = [
      await makeSide(platform, 'enterprise', `${mark}公司`),
      await makeSide(platform, 'institute', `${mark}研究所`),
    ];
    for (const side of pair) await registerSide(platform, id, side);
    await makeInterest(platform, pair[0]!, pair[1]!, { score: mark === '丁' ? 0.9 : 0.5 });
    pairs.push(pair);
  }
  await staff.client.post(`/organizer/events/${id}/meetings/collect`);
  await staff.client.post(`/organizer/timetables/${await computeTimetable(staff, id)}/publish`);
  const { page } = organizer;
  const seated = (name: string) =>
    page.getByTestId('timetable-cell').getByTestId('meeting-card').filter({ hasText: name });
  await page.goto(`${platform.url}/organizer/events/${id}/timetable`);
  await seated('丁公司').waitFor();
  expect(await page.getByTestId('more-right').count()).toBe(0);

  const open = async (side: Side) => {
    const visitor = await openWindow(browser, platform.url, await openSession(platform, side.person.id));
    await visitor.page.goto(`${platform.url}/events/${id}/schedule`);
    return visitor;
  };
  const [leaving, waiting] = [await open(pairs[0]![0]!), await open(pairs[1]![0]!)];
  await tap(leaving.page, 'cancel-mine');
  const effects = await leaving.page.getByTestId('cancel-effects').innerText();
  expect(effects.split('\n')).toEqual([
    expect.stringMatching(/^将收到取消通知：(您、丁研究所（丁研究所代表）|丁研究所（丁研究所代表）、您)。$/),
    '不会在任何人的两场洽谈之间留下空档。',
    '空出的时段会请待安排的洽谈使用，有 1 场双方都有空；两人都接受才会入座，不改动任何人的安排。',
    '席位立即释放。取消后不会自动恢复，需请组织方重新添加。',
  ]);
  // Looking did nothing.
  expect(await waiting.page.getByTestId('slot-offer').count()).toBe(0);
  await leaving.page.getByTestId('cancel-reason').fill('临时出差');
  await tap(leaving.page, 'confirm-cancel');
  await leaving.page.getByText('已取消').first().waitFor();
  await seated('丁公司').waitFor({ state: 'detached' });

  await waiting.page.reload();
  await waiting.page.getByTestId('slot-offer').getByText('可与 戊研究所（戊研究所代表） 洽谈').waitFor();
  await tap(waiting.page, 'accept-offer');
  await waiting.page.getByText('您已接受，等对方答复。').waitFor();
  const other = await open(pairs[1]![1]!);
  await tap(other.page, 'accept-offer');
  await seated('戊公司').waitFor();

  // With more tables than there is room for, the board says how many lie beyond its edge, and goes there.
  await platform.dataSource.query(
    'INSERT INTO meeting_table (event_id, label, position) SELECT $1, i::text, i FROM generate_series(2, 10) AS more (i)',
    [id],
  );
  await page.reload();
  expect(await page.getByTestId('more-right').getAttribute('title')).toMatch(/^右边还有 [1-9] 张桌$/);
  await tap(page, 'more-right');
  await page.getByTestId('more-right').waitFor({ state: 'detached' });
  await page.getByTestId('more-left').waitFor();

  // Ten signs are printed on five sheets of A4: nothing is cut, no sheet is empty.
  await page.goto(`${platform.url}/organizer/events/${id}/timetable/print`);
  await page.getByText('桌号牌').click();
  await page.getByTestId('sheets-tableSigns').waitFor();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(5);
  expect([leaving, waiting, other].flatMap(({ troubles }) => troubles)).toEqual([]);
});
