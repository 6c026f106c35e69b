import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { syncEventInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import {
  choose,
  freePort,
  launchBrowser,
  openSession,
  openWindow,
  type Visitor,
} from '../support/browser.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { inviteGuest, type Guest } from '../support/guests.js';
import { parseMail } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeOpenEvent } from '../support/registrations.js';
import { AUTHSERV, MAILBOX, replyMail } from '../support/replies.js';
import { startSmtpPeer, type SmtpPeer } from '../support/smtp-peer.js';
import { waitFor } from '../support/wait-for.js';

// One platform for all pages of notifications: each test does what a person comes to the page for.
jest.setTimeout(120_000);

const HTTP_TOKEN = 'gateway-token-gateway-token-gateway-token';
let peer: SmtpPeer;
let platform: TestPlatform;
let browser: Browser;
let organizer: Visitor;
let guest: Guest;
let reader: Visitor;
let staff: TestPerson;

beforeAll(async () => {
  peer = await startSmtpPeer();
  platform = await startTestPlatform({
    PORT: String(await freePort()),
    SMTP_URL: peer.url,
    INBOUND_ADDRESS: MAILBOX,
    INBOUND_AUTHSERV_IDS: AUTHSERV,
    INBOUND_HTTP_TOKEN: HTTP_TOKEN,
    SWEEP_SECONDS: '0.2',
  });
  browser = await launchBrowser();
  staff = await makePerson(platform, { name: '宋组织', roles: ['organizer'] });
  const person = await makePerson(platform, { name: '王参加' });
  const eventId = await makeOpenEvent(platform, { capacity: 20, title: '春季对接会' });
  guest = await inviteGuest(platform, eventId, person);
  organizer = await openWindow(browser, platform.url, await openSession(platform, staff.id));
  reader = await openWindow(browser, platform.url, await openSession(platform, person.id));
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
  await peer.stop();
});

const confirm = (page: Page) => page.locator('.ant-modal-confirm-btns .ant-btn-primary').click();
const said = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor();

async function mailTo(address: string, topic: RegExp) {
  return waitFor(
    async () => {
      const mails = peer.received.filter((mail) => mail.to === address);
      const read = await Promise.all(mails.map((mail) => parseMail(mail.raw)));
      return read.find((mail) => topic.test(mail.subject));
    },
    `${String(topic)} to ${address}`,
  );
}

async function deliver(raw: Buffer): Promise<void> {
  const { status } = await fetch(`${platform.url}/api/inbound/mail`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${HTTP_TOKEN}` },
    body: new Uint8Array(raw),
  });
  expect(status).toBe(202);
  await waitFor(
    async () =>
      (await platform.dataSource.query<unknown[]>("SELECT 1 FROM inbound_mail WHERE status = 'received'"))
        .length === 0,
    'the mail to be read',
  );
}

test('templates: a programme’s own words are previewed, saved, tested, and taken back', async () => {
  const { page } = organizer;
  const [programme] = await platform.dataSource.query<{ id: string }[]>(
    "INSERT INTO programme (slug, name, kind) VALUES ('spring', '春季系列', 'salon') RETURNING id",
  );
  const eventId = await makeOpenEvent(platform, { capacity: 5, state: 'draft' });
  await platform.dataSource.query('UPDATE event SET programme_id = $2 WHERE id = $1', [
    eventId,
    programme!.id,
  ]);
  await page.goto(`/organizer/programmes/${programme!.id}/mail-templates`);
  await page.getByTestId('template-subject').fill('{{name}}，欢迎参加{{event}}');
  await page.getByTestId('template-body').fill('请提前十分钟到场。');
  await page.frameLocator('iframe').first().getByText('请提前十分钟到场。').waitFor();
  await page.getByTestId('save-template').click();
  await said(page, '已保存');
  await page.getByRole('button', { name: '发送测试邮件给自己' }).click();
  const mail = await mailTo(staff.email, /^宋组织，欢迎参加/);
  expect(mail.text).toContain('请提前十分钟到场。');
  await page.getByRole('button', { name: '恢复默认' }).click();
  await said(page, '已恢复为平台默认');
  expect(await page.getByTestId('template-subject').inputValue()).toBe('');
});

test('preferences: a choice and quiet hours are kept, and both channels fit on a phone', async () => {
  const { page } = reader;
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto('/account/notifications');
  const box = await page.getByTestId('choice-market-in-app').boundingBox();
  expect(box!.x + box!.width).toBeLessThanOrEqual(390);
  await page.setViewportSize(size);
  await choose(page, 'choice-market-mail', '不接收');
  await page.getByRole('checkbox').first().click();
  await page.getByTestId('save-preferences').click();
  await said(page, '已保存');
  await page.reload();
  await page.getByTestId('choice-market-mail').getByText('不接收').waitFor();
  const [kept] = await platform.dataSource.query<unknown[]>(
    'SELECT choices, quiet_hours FROM notification_preference WHERE person_id = $1',
    [guest.id],
  );
  expect(kept).toEqual({ choices: { market: { mail: 'off' } }, quiet_hours: false });
});

test('delivery log: a refused mail is found with the server’s answer and sent again; a hold is lifted', async () => {
  const { page } = organizer;
  const address = `gone-${randomUUID()}@test.example`;
  peer.answers = [{ code: 550, text: '5.1.1 no such user' }];
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO notification (dedupe_key, stream_key, topic, to_address, to_name, locale, payload, message_id)
     VALUES ($1, $1, 'need-published', $1, '李离开', 'zh-CN', '{"title": "需求", "link": "/needs/1"}', $2) RETURNING id`,
    [address, randomUUID()],
  );
  await platform.running.app.get(JobQueue).wake('send-notification', [row!.id]);
  await waitFor(async () => {
    const [{ status }] = await platform.dataSource.query<[{ status: string }]>(
      'SELECT status FROM notification WHERE id = $1',
      [row!.id],
    );
    return status === 'failed';
  }, 'the mail to be refused');
  await platform.dataSource.query(
    "INSERT INTO held_address (address, failures, diagnostic) VALUES ('held@test.example', 3, '550 no such user')",
  );
  await page.goto(`/organizer/deliveries?q=${address}&status=failed`);
  await page.getByText('550 5.1.1 no such user').first().waitFor();
  await page.getByTestId('retry-delivery').click();
  await mailTo(address, /./);
  await page.getByTestId('held-addresses').getByText('held@test.example').waitFor();
  await page.getByTestId('lift-hold').click();
  await page.getByTestId('held-addresses').waitFor({ state: 'detached' });
  // What the platform decided itself is told in the reader's language.
  await platform.dataSource.query(
    `INSERT INTO notification (dedupe_key, stream_key, topic, channel, to_address, locale, payload, message_id, status, last_error)
     SELECT 'own ' || n, 'own ' || n, 'invitation-update', 'sms', 'own-response', 'zh-CN',
       '{"kind": "meeting", "summary": "一对一洽谈：甲研究所"}', 'own ' || n, status, said
     FROM (VALUES (1, 'cancelled', 'too late'), (2, 'failed', 'Unknown whether it was sent: no answer')) AS own (n, status, said)`,
  );
  await page.goto('/organizer/deliveries?q=own-response');
  await page.getByText('已过时，不再发送。').waitFor();
  await page.getByText('一对一洽谈：甲研究所').first().waitFor();
  await page.getByText('对方没有答复，可能已经送达；为免重复，不自动重发。（no answer）').waitFor();
  await platform.dataSource.query(
    "UPDATE notification SET status = 'failed', last_error = 'gone' WHERE to_address = 'own-response'",
  );
  await page.reload();
  await page.getByTestId('retry-all').click();
  await confirm(page);
  await said(page, '2 条已重新排队');
});

test('quarantine: an answer without proof is applied by a person', async () => {
  const { page } = organizer;
  const lines = [`COMMENT:${'可以带一位同事吗？'.repeat(20)}`];
  await deliver(replyMail({ uid: guest.uid, attendee: guest.email, authentication: null, lines }));
  await page.goto(`/organizer/events/${guest.eventId}/answers`);
  await page.getByTestId('open-mails').getByText('1 封来信待确认身份').click();
  await page.getByText('活动：春季对接会').waitFor();
  await page.getByTestId('inbound-mail').getByText('参会人：王参加').waitFor();
  await page.getByTestId('inbound-mail').first().getByRole('link').first().click();
  await page.getByTestId('apply-mail').click();
  await confirm(page);
  await page.getByTestId('apply-mail').waitFor({ state: 'detached' });
  await page.goto(`/organizer/events/${guest.eventId}/answers`);
  await waitFor(async () => /1/.test(await page.getByTestId('count-accepted').innerText()), 'the answer');
  const answers = page.getByTestId('event-answers');
  await answers.getByText('王参加').waitFor();
  // A long comment widens its table, not the page of a phone.
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 800 });
  await answers.getByText('可以带一位同事吗？').waitFor();
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.setViewportSize(size);
  await page.getByTestId('answer-search').fill('没有这个人');
  await answers.getByText('没有符合条件的参会人。').waitFor();
  await page.getByTestId('answer-search').fill('参加');
  await page.getByTestId('answer-filter').getByText('参加', { exact: true }).click();
  await answers.getByText('王参加').waitFor();
});

test('proposals: another time is taken, after who gets what was seen, and everybody is asked again', async () => {
  const { page } = organizer;
  const lines = ['DTSTART:20991201T020000Z', 'DTEND:20991201T030000Z', 'COMMENT:改到下午可以吗？'];
  await deliver(replyMail({ method: 'COUNTER', uid: guest.uid, attendee: guest.email, lines }));
  await page.goto(`/organizer/events/${guest.eventId}`);
  await page.getByTestId('action-cancel').click();
  await page.getByTestId('announcement').getByText('1 人会收到通知').waitFor();
  await page.getByTestId('announcement').getByText('名单').click();
  await page.getByTestId('announcement').getByText('王参加').waitFor();
  await page.goto(`/organizer/events/${guest.eventId}/answers`);
  await page.getByTestId('proposals').getByText('改到下午可以吗？').waitFor();
  await page.getByTestId('accept-proposal').click();
  await page.getByTestId('announcement').getByText('1 人会收到通知').waitFor();
  await confirm(page);
  const mail = await mailTo(guest.email, /^更新：/);
  expect(mail.calendar!.start.toISOString()).toBe('2099-12-01T02:00:00.000Z');
  await page.getByTestId('accept-proposal').waitFor({ state: 'detached' });
  // Nothing is left to tell.
  expect(
    await platform.dataSource.transaction((m) =>
      syncEventInvitations(m, guest.eventId, platform.clock.now()),
    ),
  ).toEqual([]);
});

test('no page failed or asked another server', () => {
  expect([...organizer.troubles, ...reader.troubles]).toEqual([]);
});
