import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { freePort, launchBrowser, openSession, openWindow, type Visitor } from '../support/browser.js';
import { makeOrganisation, makePerson } from '../support/factories.js';
import { makeMeetingEvent, SLOTS_START } from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

// What forms send and keep is only seen in a browser: hidden keys, forms that start anew, words that were not saved.
jest.setTimeout(120_000);

let platform: TestPlatform;
let browser: Browser;
let organizer: Visitor;
let enterprise: Visitor;

const rows = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  platform.dataSource.query(sql, values);
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();
const saved = (page: Page) => page.getByText('已保存', { exact: true }).first().waitFor();

beforeAll(async () => {
  const port = await freePort();
  platform = await startTestPlatform({ PORT: String(port) });
  browser = await launchBrowser();
  const staff = await makePerson(platform, { roles: ['organizer'] });
  const owner = await makePerson(platform, { name: '陈思远' });
  await makeOrganisation(platform, { kind: 'enterprise', name: '填表公司', members: [owner] });
  organizer = await openWindow(browser, platform.url, await openSession(platform, staff.id));
  enterprise = await openWindow(browser, platform.url, await openSession(platform, owner.id));
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

test('questions keep their keys and tables their ids when an event is saved', async () => {
  const { page } = organizer;
  const event = await makeMeetingEvent(platform, { slots: 3, tables: 2, state: 'draft' });
  const options = [
    { value: 'yes', zh: '有', en: 'Yes' },
    { value: 'no', zh: '没有', en: 'No' },
  ];
  const question = { key: 'need', kind: 'choice', zh: '有无需求', en: 'Any need', required: true, options };
  await rows('UPDATE event SET questions = $2 WHERE id = $1', [event.id, JSON.stringify([question])]);
  await page.goto(`/organizer/events/${event.id}`);
  await tab(page, '报名设置');
  // A line before the others: their values must not move to other words.
  await page.getByLabel('选项').fill('不清楚\n有 | Yes\n没有 | No');
  await page.getByTestId('save-registration').click();
  await saved(page);
  const [stored] = await rows<{ questions: { key: string; options: { value: string; zh: string }[] }[] }>(
    'SELECT questions FROM event WHERE id = $1',
    [event.id],
  );
  const [kept] = stored!.questions;
  expect([kept!.key, kept!.options.map(({ value, zh }) => [zh, value]).slice(1)]).toEqual([
    'need',
    [
      ['有', 'yes'],
      ['没有', 'no'],
    ],
  ]);

  await tab(page, '一对一洽谈');
  await page.getByLabel('桌号').first().fill('A');
  await page.getByTestId('save-tables').click();
  const tables = await waitFor(async () => {
    const found = await rows<{ id: string; label: string }>(
      'SELECT id, label FROM meeting_table WHERE event_id = $1 ORDER BY position',
      [event.id],
    );
    return found[0]?.label === 'A' ? found : undefined;
  }, 'the renamed table');
  expect(tables).toEqual([
    { id: event.tables[0], label: 'A' },
    { id: event.tables[1], label: '2' },
  ]);
});

test('a form that was open does not undo what another one moved', async () => {
  const { page } = organizer;
  const { id } = await makeMeetingEvent(platform, { slots: 3, tables: 1, state: 'draft' });
  await page.goto(`/organizer/events/${id}`);
  await tab(page, '一对一洽谈');
  await page.getByTestId('slot-minutes').waitFor();
  await tab(page, '基本信息');
  const next = new Date(SLOTS_START.getTime() + 24 * 3_600_000);
  await page.getByTestId('starts-at').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(`${next.toISOString().slice(0, 10)} 14:00`);
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox').check();
  await page.getByTestId('save-basics').click();
  await saved(page);
  await tab(page, '一对一洽谈');
  await page.getByTestId('slot-minutes').fill('30');
  await page.getByTestId('save-slots').click();
  const slots = await waitFor(async () => {
    const [row] = await rows<{ minutes: number; start: Date }>(
      'SELECT slot_minutes AS minutes, slots_start_at AS start FROM event WHERE id = $1',
      [id],
    );
    return row!.minutes === 30 ? row : undefined;
  }, 'the new length of slots');
  expect(slots.start).toEqual(next);
});

test('a need keeps what is typed last, and the words that are no indicators', async () => {
  const { page } = enterprise;
  await page.goto('/needs/new');
  await page.getByText('不涉密', { exact: true }).click();
  await page.getByTestId('market-start').click();
  await page.waitForURL(/\/needs\/[^/]+\/edit$/);
  const id = page.url().split('/').at(-2)!;
  await page.getByTestId('field-title').fill('叶片裂纹检测');
  for (let step = 0; step < 2; step += 1) await page.getByTestId('market-next').click();
  await page.getByTestId('indicator-text').fill('检出率≥98%；外壳防水');
  await page.getByTestId('indicator-parse').click();
  await page.getByTestId('indicator-unread').getByText('外壳防水', { exact: true }).waitFor();
  await page.getByTestId('indicator-confirm').click();
  await page.getByTestId('market-next').click();
  await page.getByTestId('field-budgetMaxWan').fill('80');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  const stored = await waitFor(async () => {
    const [row] = await rows<{ title: string; budget: number | null; indicators: number }>(
      `SELECT title, budget_max_wan::float AS budget,
              (SELECT count(*)::int FROM indicator WHERE need_id = n.id) AS indicators FROM need n WHERE id = $1`,
      [id],
    );
    return row!.budget === null ? undefined : row;
  }, 'what was typed last');
  expect(stored).toEqual({ title: '叶片裂纹检测', budget: 80, indicators: 1 });
  expect([organizer.troubles, enterprise.troubles]).toEqual([[], []]);
});

test('who leaves an event with unsaved changes is asked', async () => {
  const { page } = organizer;
  const { id } = await makeMeetingEvent(platform, { slots: 1, tables: 1, state: 'draft' });
  await page.goto(`/organizer/events/${id}`);
  await page.getByTestId('event-title').fill('改了名字');
  await page.getByRole('link', { name: '导入导出' }).click();
  await page.getByRole('button', { name: '返回' }).click();
  expect(await page.getByTestId('event-title').inputValue()).toBe('改了名字');
  await page.getByTestId('save-basics').click();
  await saved(page);
  await page.getByRole('link', { name: '导入导出' }).click();
  await page.getByRole('heading', { name: '导入导出' }).waitFor();
});
