import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { startChatPeer, type ChatPeer } from '../support/chat-peer.js';
import { waitForMails } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

const MESSAGES = 300;
let gateway: ChatPeer;
let release: () => void;
let platform: TestPlatform;
beforeAll(async () => {
  gateway = await startChatPeer();
  const open = new Promise<void>((resolve) => (release = resolve));
  gateway.answer = async () => {
    await open;
    return { body: { ok: true } };
  };
  platform = await startTestPlatform({
    SWEEP_SECONDS: '3600',
    SMS_PROVIDER: 'http',
    SMS_URL: `${gateway.url}/sms`,
    SMS_KEY_SECRET: 'gateway-key',
  });
});
afterAll(async () => {
  release();
  await platform.stop();
  await gateway.stop();
});

test('a gateway that does not answer holds up its own messages only', async () => {
  await platform.dataSource.query(
    `INSERT INTO sms_template (topic, locale, sign_name, template_id, variables)
     VALUES ('event-reminder', 'zh-CN', '对接', 'T1', '{name}') ON CONFLICT DO NOTHING`,
  );
  const [first] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO notification (dedupe_key, stream_key, topic, channel, to_address, locale, payload, next_attempt_at, message_id)
     SELECT 'stuck-' || n, 'stuck-' || n, 'event-reminder', 'sms', '+86138000' || n, 'zh-CN', '{}', now() - interval '1 minute',
       gen_random_uuid() FROM generate_series(10000, $1::int) n RETURNING id`,
    [10_000 + MESSAGES - 1],
  );
  const waiting = async () => {
    const [row] = await platform.dataSource.query<{ count: number }[]>(
      "SELECT count(*)::int AS count FROM notification WHERE channel = 'sms' AND status = 'queued'",
    );
    return row!.count;
  };
  const queue = platform.running.app.get(JobQueue);
  await queue.wake('send-notification', [first!.id]);
  await waitFor(async () => gateway.requests.length > 0, 'the gateway to be asked');
  const address = `${randomUUID()}@test.example`;
  const mail = await platform.dataSource.transaction((manager) =>
    writeMail(manager, {
      topic: 'verify-email',
      dedupeKey: randomUUID(),
      personId: null,
      toAddress: address,
      toName: null,
      locale: 'zh-CN',
      payload: { link: '/x' },
    }),
  );
  await queue.wake('send-notification', [mail!]);
  await waitForMails(platform.dataSource, address);
  expect(await waiting()).toBe(MESSAGES);
  release();
  await waitFor(async () => (await waiting()) === 0, 'the messages to be sent');
});
