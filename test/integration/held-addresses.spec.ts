import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { HeldAddressesView } from '#libs/contracts/notifications/held-addresses.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { startSmtpPeer, type SmtpPeer } from '../support/smtp-peer.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

let peer: SmtpPeer;
let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  peer = await startSmtpPeer();
  platform = await startTestPlatform({ SMTP_URL: peer.url, SWEEP_SECONDS: '0.2' });
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(async () => {
  await platform.stop();
  await peer.stop();
});

const DAY = 24 * 3_600_000;
const REFUSAL = { code: 550, text: '5.1.1 no such user' };

/** Sends a mail and answers what became of it. */
async function send(to: string, topic = 'need-published'): Promise<[string, string | null]> {
  const id = await platform.dataSource.transaction((manager) =>
    writeMail(manager, {
      topic,
      dedupeKey: randomUUID(),
      personId: null,
      toAddress: to,
      toName: null,
      locale: 'zh-CN',
      payload: { title: '需求', link: '/needs/1' },
    }),
  );
  await platform.running.app.get(JobQueue).wake('send-notification', [id!]);
  return waitFor(async () => {
    const [row] = await platform.dataSource.query<{ status: string; last_error: string | null }[]>(
      "SELECT status, last_error FROM notification WHERE id = $1 AND status IN ('sent', 'failed')",
      [id],
    );
    return row !== undefined && ([row.status, row.last_error] as [string, string | null]);
  }, 'the mail to be settled');
}

async function refuse(to: string): Promise<void> {
  peer.answers = [REFUSAL];
  expect(await send(to)).toEqual(['failed', '550 5.1.1 no such user']);
  platform.clock.advance(DAY);
}

async function held(): Promise<HeldAddressesView['rows']> {
  const { status, body } = await organizer.client.get<HeldAddressesView>('/organizer/held-addresses');
  expect(status).toBe(200);
  return body.rows;
}
/** Until failures that are there now were judged: an address that must be held is, after those before it. */
async function judged(): Promise<void> {
  const witness = `witness-${randomUUID()}@test.example`;
  for (let day = 0; day < 3; day++) await refuse(witness);
  await waitFor(async () => (await held()).some((row) => row.address === witness), 'the witness to be held');
}

test('an address is held after refusals on three days, not after one or after many at once', async () => {
  const gone = `Gone-${randomUUID()}@test.example`;
  const once = `once-${randomUUID()}@test.example`;
  const full = `full-${randomUUID()}@test.example`;
  for (let day = 0; day < 3; day++) {
    peer.answers = [{ code: 554, text: 'mx [5.1.1.7] refuses the message by policy' }];
    expect((await send(full))[0]).toBe('failed');
    await refuse(gone);
  }
  peer.answers = [REFUSAL, REFUSAL, REFUSAL, REFUSAL];
  for (let n = 0; n < 4; n++) expect((await send(once))[0]).toBe('failed');
  await judged();
  const addresses = (await held()).map((row) => row.address);
  expect(addresses).toContain(gone.toLowerCase());
  expect(addresses).not.toContain(once);
  expect(addresses).not.toContain(full);
  expect(await send(once)).toEqual(['sent', null]);
  const before = peer.received.length;
  expect((await send(gone))[1]).toMatch(/^Held back: /);
  expect(peer.received).toHaveLength(before);
});

test('an organizer lifts it; links that somebody asks for are sent all the while', async () => {
  const [row] = await held();
  const address = row!.address;
  expect([row!.failures, row!.diagnostic]).toEqual([3, '550 5.1.1 no such user']);
  const [asked] = await platform.dataSource.transaction(async (manager) => [
    await writeMail(manager, {
      topic: 'verify-email',
      dedupeKey: randomUUID(),
      personId: null,
      toAddress: address,
      toName: null,
      locale: 'zh-CN',
      payload: { link: '/verify-email?token=abc' },
    }),
  ]);
  await platform.running.app.get(JobQueue).wake('send-notification', [asked!]);
  await waitFor(
    async () => peer.received.some((mail) => mail.to.toLowerCase() === address),
    'the link to arrive although the address is held',
  );
  expect((await send(address))[0]).toBe('failed');
  const attendee = await makePerson(platform);
  const lift = `/organizer/held-addresses/${row!.id}/lift`;
  expect((await attendee.client.post(lift)).status).toBe(403);
  expect((await organizer.client.post(lift)).status).toBe(200);
  expect((await organizer.client.post(lift)).status).toBe(404);
  platform.clock.advance(60_000);
  expect(await send(address)).toEqual(['sent', null]);
  await judged();
  expect((await held()).map((one) => one.address)).not.toContain(address);
});
