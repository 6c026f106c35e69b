import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { usccCheckDigit } from '#libs/domain/organisation/check-uscc.js';
import {
  choose,
  chooseInTree,
  freePort,
  launchBrowser,
  openSession,
  openWindow,
  type Visitor,
} from '../support/browser.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { insertRecord } from '../support/market.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeOpenEvent } from '../support/registrations.js';
import { waitFor } from '../support/wait-for.js';

// One story from signing up to the number on the dashboard, in a real browser.
jest.setTimeout(120_000);

const ENTERPRISE = '深潜装备（测试）有限公司';
const EMAIL = 'chensiyuan@enterprise.example';
const PASSWORD = 'a-long-password-of-2026';
const NEED = '浑水环境水下机器人定位与悬停';
const CAPABILITY = '水下机器人紧耦合导航与定位软件包';
const EVENT = '水下装备对接会';
const FIRST_17 = '91440115MA5E2E001';
const USCC = FIRST_17 + usccCheckDigit(FIRST_17);

let platform: TestPlatform;
let browser: Browser;
let researcher: TestPerson;
let enterprise: Visitor;
let organizer: Visitor;
let institute: Visitor;
let eventId: string;

const rows = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  platform.dataSource.query(sql, values);

beforeAll(async () => {
  const port = await freePort();
  platform = await startTestPlatform({ PORT: String(port) });
  browser = await launchBrowser();
  const staff = await makePerson(platform, { name: '宋文静', roles: ['organizer'] });
  researcher = await makePerson(platform, { name: '毛林峰' });
  enterprise = await openWindow(browser, platform.url);
  organizer = await openWindow(browser, platform.url, await openSession(platform, staff.id));
  institute = await openWindow(browser, platform.url, await openSession(platform, researcher.id));
  await publishCapability(staff);
  eventId = await makeOpenEvent(platform, { capacity: 30, title: EVENT, startsIn: 1 });
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

/** What the institute has done before the story begins. */
async function publishCapability(staff: TestPerson): Promise<void> {
  const organisationId = await makeOrganisation(platform, {
    kind: 'research-institute',
    name: '南湾海洋技术研究所',
    members: [researcher],
  });
  const created = await researcher.client.post<{ id: string }>('/capabilities', {
    organisationId,
    title: CAPABILITY,
    abstract: '多普勒测速、惯性与声学信息紧耦合，水下机器人在浑水中稳定定位与悬停',
    keyTech: '紧耦合滤波',
    keywords: ['水下机器人', '定位'],
    kind: 'applied-technology',
    stage: 'pilot',
    fields: ['08.08'],
    regionCode: '440115',
    transferModes: ['development-joint'],
    contactName: '毛林峰',
    contactPhone: '020-84005566',
    indicators: [
      { name: '定位精度', comparator: 'le', value: 0.03, valueHigh: null, unit: 'm', raw: '定位精度≤0.03m' },
    ],
  });
  const { id } = created.body;
  expect((await researcher.client.post(`/capabilities/${id}/submit`)).status).toBe(200);
  expect((await staff.client.post(`/capabilities/${id}/publish`, { note: null })).status).toBe(200);
}

const textOf = async (page: Page, testId: string): Promise<string> =>
  (await page.getByTestId(testId).innerText()).trim();
const seen = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor();
/** A click while the dialog still zooms in may land on what lies behind it, which closes the dialog. */
const okOfDialog = (page: Page) =>
  page.locator('.ant-modal:visible:not([class*="zoom"]) .ant-btn-primary').click();

test('from signing up to the number on the dashboard', async () => {
  await signUp(enterprise.page);
  await createOrganisation(enterprise.page);
  await verifyOrganisation(organizer.page);
  const needId = await writeNeed(enterprise.page);
  await publishNeed(organizer.page, needId);
  await bothAreInterested(needId);
  await register(enterprise.page);
  await checkIn(organizer.page);
  await countOnDashboard(organizer.page);
  expect([enterprise.troubles, organizer.troubles, institute.troubles]).toEqual([[], [], []]);
});

async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up');
  await page.getByTestId('email').fill(EMAIL);
  await page.getByTestId('name').fill('陈思远');
  await page.getByTestId('password').fill(PASSWORD);
  await page.getByTestId('password-again').fill(PASSWORD);
  await page.getByTestId('submit').click();
  await seen(page, '请查收邮件');
  await page.goto(`/mailbox?address=${EMAIL}`);
  await page.getByTestId('mail-line').filter({ hasText: '请验证您的邮箱' }).click();
  const opened = page.waitForEvent('popup');
  await page.frameLocator('iframe').getByRole('link', { name: '验证邮箱' }).click();
  const link = await opened;
  await link.getByTestId('submit').click();
  await seen(link, '邮箱验证成功');
  await link.close();
  await page.goto('/sign-in');
  await page.getByTestId('email').fill(EMAIL);
  await page.getByTestId('password').fill(PASSWORD);
  await page.getByTestId('submit').click();
  await page.getByTestId('account-menu').waitFor();
  expect(await textOf(page, 'account-menu')).toBe('陈思远');
  expect(
    await rows(
      'SELECT name, locale, email_verified_at IS NOT NULL AS verified FROM person WHERE email = $1',
      [EMAIL],
    ),
  ).toEqual([{ name: '陈思远', locale: 'zh-CN', verified: true }]);
}

async function createOrganisation(page: Page): Promise<void> {
  await page.goto('/organisations/new');
  await page.getByTestId('organisation-name').fill(ENTERPRISE);
  await page.getByTestId('organisation-uscc').fill(USCC);
  await page.getByTestId('submit').click();
  await page.getByRole('heading', { name: ENTERPRISE }).waitFor();
  expect(await rows('SELECT kind, uscc, status FROM organisation WHERE name = $1', [ENTERPRISE])).toEqual([
    { kind: 'enterprise', uscc: USCC, status: 'pending' },
  ]);
}

async function verifyOrganisation(page: Page): Promise<void> {
  const [organisation] = await rows<{ id: string }>('SELECT id FROM organisation WHERE name = $1', [
    ENTERPRISE,
  ]);
  await page.goto(`/organisations/${organisation!.id}`);
  await page.getByTestId('verify').click();
  await page.getByTestId('verify').waitFor({ state: 'detached' });
  expect(await rows('SELECT status FROM organisation WHERE name = $1', [ENTERPRISE])).toEqual([
    { status: 'verified' },
  ]);
}

/** Fills the five steps of the form; free text becomes indicators that are looked at and confirmed. */
async function writeNeed(page: Page): Promise<string> {
  await page.goto('/needs/new');
  await page.getByText('不涉密', { exact: true }).click();
  await page.getByTestId('market-start').click();
  await page.waitForURL(/\/needs\/[^/]+\/edit$/);
  const id = page.url().split('/').at(-2)!;
  const next = () => page.getByTestId('market-next').click();
  await page.getByTestId('field-title').fill(NEED);
  await choose(page, 'field-needKind', '技术研发（关键核心技术）');
  await chooseInTree(page, 'field-fields', '高技术船舶与海洋工程装备设计制造技术');
  await page.getByTestId('field-keywords').click();
  await page.keyboard.type('水下机器人,定位,');
  await chooseInTree(page, 'field-regionCode', '南沙区');
  await choose(page, 'field-activityType', '试验发展');
  await next();
  await page.getByTestId('field-problem').fill('浑水中水下机器人定位漂移，悬停不稳');
  await page.getByTestId('field-keyTech').fill('多普勒测速与惯性信息紧耦合');
  await page.getByTestId('field-expectedGoal').fill('单墩检测耗时缩短一半');
  await next();
  await page.getByTestId('indicator-text').fill('定位精度≤±0.05m；工作深度≥300m');
  await page.getByTestId('indicator-parse').click();
  await seen(page, '识别出 2 项，请核对');
  expect(await page.locator('.ant-table-tbody tr:not(.ant-table-measure-row)').allInnerTexts()).toEqual([
    '定位精度\t≤ 0.05 m\t定位精度≤±0.05m',
    '工作深度\t≥ 300 m\t工作深度≥300m',
  ]);
  await page.getByTestId('indicator-confirm').click();
  await next();
  await choose(page, 'field-solveModes', '合作研发');
  await page.getByTestId('field-budgetMaxWan').fill('120');
  await next();
  await page.getByTestId('field-contactName').fill('陈思远');
  await page.getByTestId('field-contactPhone').fill('020-39001122');
  await page.getByTestId('market-submit').click();
  await page.waitForURL(`**/needs/${id}`);
  expect(
    await rows(
      `SELECT status, title, keywords, region_code, budget_max_wan::float AS budget,
              (SELECT json_agg(json_build_array(i.name, i.comparator, i.value::float, i.unit) ORDER BY i.position)
               FROM indicator i WHERE i.need_id = n.id) AS indicators
       FROM need n WHERE id = $1`,
      [id],
    ),
  ).toEqual([
    {
      status: 'submitted',
      title: NEED,
      keywords: ['水下机器人', '定位'],
      region_code: '440115',
      budget: 120,
      indicators: [
        ['定位精度', 'le', 0.05, 'm'],
        ['工作深度', 'ge', 300, 'm'],
      ],
    },
  ]);
  return id;
}

async function publishNeed(page: Page, needId: string): Promise<void> {
  await page.goto('/organizer/review');
  await page.getByTestId('review-row').filter({ hasText: NEED }).click();
  await page.getByTestId('review-publish').click();
  await seen(page, '没有待审核的内容。');
  expect(await rows('SELECT status, need_no FROM need WHERE id = $1', [needId])).toEqual([
    { status: 'published', need_no: `N440115-${new Date().getFullYear()}-0001` },
  ]);
}

async function bothAreInterested(needId: string): Promise<void> {
  const match = await waitFor(async () => {
    const found = await rows<{ id: string; capability_id: string }>(
      'SELECT id, capability_id FROM match WHERE need_id = $1',
      [needId],
    );
    return found[0];
  }, 'the match of the need');
  const { page } = enterprise;
  await page.goto(`/matches/need/${needId}`);
  const card = page.getByTestId('match-card');
  await card.waitFor();
  expect(await card.getByRole('heading').innerText()).toBe(CAPABILITY);
  expect(await card.getByRole('listitem').allInnerTexts()).toEqual([
    '共同术语：水下机器人、浑水中、悬停、定位、信息紧耦合、多普勒测速',
    '指标 定位精度 ≤0.03m 满足 ≤0.05m',
    '技术领域一致：高技术船舶与海洋工程装备设计制造技术',
    '合作方式可行：合作开发',
    '同一地区：南沙区',
    '指标待确认：工作深度 ≥300m',
    '未提及：环境',
    '成果可补充：工作深度指标',
  ]);
  await card.getByText('对照原文').click();
  // Two shared words that touch in the need's title.
  await card
    .locator('mark')
    .filter({ hasText: /^水下机器人定位$/ })
    .first()
    .waitFor();
  await page.locator('main').waitFor();
  await assessFromBoard(organizer.page);
  await askAboutAnother(page, needId);
  await page.goto(`/matches/need/${needId}`);
  await declineAndTakeBack(page, needId);
  await page.getByTestId('answer-interested').click();
  await seen(page, '没有待答复的匹配。内容越完整（指标、领域、成熟度），匹配越准确。');

  await institute.page.goto(`/matches/capability/${match.capability_id}`);
  await seen(institute.page, '对方有意向');
  await institute.page.getByTestId('answer-interested').click();
  await institute.page.getByText('双向意向', { exact: true }).first().click();
  expect(await contactShownTo(institute.page)).toEqual([ENTERPRISE, '陈思远', '020-39001122', EMAIL]);

  await page.goto(`/matches/need/${needId}?filter=mutual`);
  expect(await contactShownTo(page)).toEqual([
    '南湾海洋技术研究所',
    '毛林峰',
    '020-84005566',
    researcher.email,
  ]);
  expect(
    await rows(
      `SELECT need_answer, capability_answer, mutual_at IS NOT NULL AS mutual,
              (SELECT status FROM need WHERE id = need_id) AS need_status FROM match WHERE id = $1`,
      [match.id],
    ),
  ).toEqual([
    { need_answer: 'interested', capability_answer: 'interested', mutual: true, need_status: 'engaged' },
  ]);
}

/** What the organizer asks for on the board is answered without another question. */
async function assessFromBoard(page: Page): Promise<void> {
  await page.goto('/organizer/match-board');
  await page.getByRole('button', { name: '查看评估' }).click();
  await page.getByTestId('question-answer').waitFor();
}

/** A pair below what lists show has a score and no band. */
async function askAboutAnother(page: Page, needId: string): Promise<void> {
  const [other] = await rows<{ organisationId: string; personId: string }>(
    'SELECT organisation_id AS "organisationId", created_by AS "personId" FROM capability LIMIT 1',
  );
  await insertRecord(platform, 'capability', other!, { title: '荔枝采后保鲜', disclosure: 'public' });
  await page.goto(`/matches/need/${needId}`);
  await page.getByTestId('ask-why').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('combobox').fill('荔枝');
  await page.locator('.ant-select-dropdown:visible').getByText('荔枝采后保鲜').click();
  await drawer.getByTestId('question-send').click();
  await drawer.getByText('匹配度过低，未列入').waitFor();
  expect(await drawer.getByTestId('score-band').count()).toBe(0);
  expect(await drawer.getByRole('heading', { name: /^匹配程度 \d/ }).count()).toBe(1);
}

/** Says no with a reason, sees it, and takes it back: the match is open again. */
async function declineAndTakeBack(page: Page, needId: string): Promise<void> {
  await page.getByTestId('answer-declined').click();
  await page.getByTestId('decline-reason').click();
  await page.locator('.ant-select-dropdown:visible').getByTitle('技术指标达不到', { exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  await seen(page, '没有待答复的匹配。内容越完整（指标、领域、成熟度），匹配越准确。');
  await page.locator('#content:focus').waitFor();
  await page.goto(`/matches/need/${needId}?filter=declined&sort=newest`);
  await seen(page, '您已谢绝：技术指标达不到');
  await page.getByText('新的匹配在前').waitFor();
  await page.getByTestId('take-back').click();
  await seen(page, '已撤回答复');
  await seen(page, '此分类下没有匹配。');
  await rows('UPDATE match SET need_version = need_version - 1 WHERE need_id = $1', [needId]);
  await page.goto(`/matches/need/${needId}`);
  await page.getByTestId('outdated').waitFor();
  await rows('UPDATE match SET need_version = need_version + 1 WHERE need_id = $1', [needId]);
  await page.getByTestId('score-band').waitFor();
}

/** Organisation, name, phone and address of the dialog. */
async function contactShownTo(page: Page): Promise<string[]> {
  await page.getByTestId('show-contact').click();
  const dialog = page.getByRole('dialog');
  const title = await dialog.locator('.ant-modal-title').innerText();
  const facts = await dialog.locator('.ant-descriptions-item-content').allInnerTexts();
  return [title.replace(/ 的联系方式$/, ''), ...facts];
}

async function register(page: Page): Promise<void> {
  await page.goto('/events');
  await page.getByTestId('event-card').filter({ hasText: EVENT }).click();
  await page.getByTestId('register').click();
  await page.getByTestId('register-submit').click();
  const ticket = page.getByTestId('ticket');
  await ticket.waitFor();
  const [registration] = await rows<{ status: string; ticket_code: string; organisation: string }>(
    `SELECT r.status, r.ticket_code, o.name AS organisation FROM registration r
     LEFT JOIN organisation o ON o.id = r.organisation_id WHERE event_id = $1`,
    [eventId],
  );
  expect([registration!.status, registration!.organisation]).toEqual(['confirmed', ENTERPRISE]);
  const code = `${registration!.ticket_code.slice(0, 5)}-${registration!.ticket_code.slice(5)}`;
  await ticket.getByText(code, { exact: true }).waitFor();
  const qr = await page.evaluate<number>(
    'document.querySelector(\'[data-testid="ticket"] img\').naturalWidth',
  );
  expect(qr).toBeGreaterThan(0);
}

async function checkIn(page: Page): Promise<void> {
  await page.goto(`/organizer/events/${eventId}/check-in`);
  const search = page
    .getByTestId('check-in-search')
    .locator('input')
    .or(page.locator('input[data-testid="check-in-search"]'));
  await search.first().fill('陈思远');
  await page.keyboard.press('Enter');
  await page.getByTestId('attendee-check-in').click();
  const result = page.getByTestId('check-in-result');
  await result.waitFor();
  expect((await result.innerText()).split('\n').map((line) => line.trim())).toEqual([
    '签到成功',
    '陈思远',
    `${ENTERPRISE} · 实到 1 人`,
  ]);
  expect(await rows('SELECT head_count FROM check_in WHERE event_id = $1', [eventId])).toEqual([
    { head_count: 1 },
  ]);
}

/** The event takes place and is marked as held: from then on it counts. */
async function countOnDashboard(page: Page): Promise<void> {
  platform.clock.advance(4 * 3_600_000);
  await page.goto(`/organizer/events/${eventId}`);
  for (const action of ['close_registration', 'hold']) {
    await page.getByTestId(`action-${action}`).click();
    await okOfDialog(page);
    await page.getByTestId(`action-${action}`).waitFor({ state: 'detached' });
  }
  await page.goto('/dashboard?period=all');
  const card = page.getByTestId('metric-attendances');
  await card.waitFor();
  expect((await card.innerText()).split('\n')).toEqual(['参与人次', '1', '人次']);
  await card.click();
  await page.getByTestId('rows-value').waitFor();
  expect(await textOf(page, 'rows-value')).toBe('1 人次');
  const row = page.locator('.ant-drawer-body').getByRole('link', { name: '陈思远' });
  await row.waitFor();
  expect(await row.getAttribute('href')).toBe(`/events/${eventId}`);
  expect(await rows('SELECT state FROM event WHERE id = $1', [eventId])).toEqual([{ state: 'held' }]);
}
