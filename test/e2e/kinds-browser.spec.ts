import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  choose,
  freePort,
  launchBrowser,
  openSession,
  openWindow,
  type Visitor,
} from '../support/browser.js';
import { makeOrganisation, makePerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

// A teacher writes what the school wishes on a phone: the form of the kind, its own fields, nothing wider than the screen.
jest.setTimeout(120_000);

let platform: TestPlatform;
let browser: Browser;
let teacher: Visitor;

beforeAll(async () => {
  const port = await freePort();
  platform = await startTestPlatform({ PORT: String(port) });
  browser = await launchBrowser();
  const owner = await makePerson(platform, { name: '曾老师' });
  await makeOrganisation(platform, { kind: 'school', name: '海岸小学', members: [owner] });
  teacher = await openWindow(browser, platform.url, await openSession(platform, owner.id));
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const width = (page: Page) => page.evaluate('document.documentElement.scrollWidth');

test('a school writes an outreach request on a phone', async () => {
  const { page, troubles } = teacher;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/needs?recordKind=outreach');
  await page.getByTestId('market-new').click();
  await page.getByText('不涉密', { exact: true }).click();
  await page.getByTestId('market-start').click();
  await page.getByTestId('field-title').fill('水的净化实验课');
  await page.getByTestId('market-next').click();
  await page.getByTestId('field-problem').fill('希望到校动手过滤');
  await page.getByTestId('market-next').click();
  await choose(page, 'field-grades', '小学5–6年级');
  await page.keyboard.press('Escape');
  await page.getByTestId('field-pupils').fill('44');
  await page.getByTestId('field-pupils').blur();
  const stored = await waitFor(async () => {
    const [row] = await platform.dataSource.query<
      { request_kind: string; title: string; facts: { pupils?: number } }[]
    >('SELECT request_kind, title, facts FROM need');
    return row?.facts.pupils === undefined ? undefined : row;
  }, 'the saved draft');
  expect(stored).toEqual({
    request_kind: 'outreach',
    title: '水的净化实验课',
    facts: { grades: ['grade-5-6'], pupils: 44 },
  });
  expect(await width(page)).toBe(390);
  await page.getByTestId('market-submit').click();
  // What the kind asks for and is still empty is named at its fields.
  await page.locator('.ant-form-item-explain-error').first().waitFor();
  await page.goto('/capabilities?recordKind=finance-product');
  await page.getByText('没有符合条件的内容，请放宽筛选条件。').waitFor();
  expect(await width(page)).toBe(390);
  expect(troubles).toEqual([]);
});
