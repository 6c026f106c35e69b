import { randomUUID } from 'node:crypto';
import { SealedBox } from '#libs/platform/sealed-box.js';
import { startChatPeer, type ChatPeer } from '../support/chat-peer.js';
import { makeOrganisation } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

let peer: ChatPeer;
let platform: TestPlatform;
beforeAll(async () => {
  peer = await startChatPeer();
  platform = await startTestPlatform({
    SWEEP_SECONDS: '0.2',
    WEBHOOK_PRIVATE_HOSTS: new URL(peer.url).host,
  });
});
afterAll(async () => {
  await platform.stop();
  await peer.stop();
});

interface Hook {
  readonly id: string;
  readonly path: string;
}

async function makeHook(): Promise<Hook> {
  const organisation = await makeOrganisation(platform, { kind: 'enterprise' });
  const path = `/hook-${randomUUID()}`;
  const secrets = [
    {
      sealed: platform.running.app.get(SealedBox).seal(`whsec_${Buffer.from(path).toString('base64')}`),
      createdAt: new Date().toISOString(),
      expiresAt: null,
    },
  ];
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO webhook (organisation_id, url, topics, secrets, enabled) VALUES ($1, $2, '{need-published}', $3, true)
     RETURNING id`,
    [organisation, `${peer.url}${path}`, JSON.stringify(secrets)],
  );
  return { id: row!.id, path };
}

const deliver = (hook: Hook, count: number) =>
  platform.dataSource.query(
    `INSERT INTO webhook_delivery (webhook_id, dedupe_key, topic, body, next_attempt_at, created_at)
     SELECT $1, gen_random_uuid()::text, 'need-published', '{}', $3, $3 FROM generate_series(1, $2)`,
    [hook.id, count, platform.clock.now()],
  );
const asked = (hook: Hook) => peer.requests.filter(({ path }) => path === hook.path).length;
const stateOf = async (hook: Hook) => {
  const [row] = await platform.dataSource.query<{ silences: number; resting: Date | null; sent: number }[]>(
    `SELECT silences, resting_until AS resting,
            (SELECT count(*)::int FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.status = 'sent') AS sent
     FROM webhook w WHERE id = $1`,
    [hook.id],
  );
  return row!;
};

test('an address that does not answer holds up nobody but itself', async () => {
  const [dead, alive] = [await makeHook(), await makeHook()];
  const before = peer.answer;
  let release = (): void => undefined;
  const released = new Promise<{ body: object }>((resolve) => (release = () => resolve({ body: {} })));
  peer.answer = (request) => (request.path === dead.path ? released : before(request));
  await deliver(dead, 20);
  await waitFor(() => Promise.resolve(asked(dead) > 0), 'the dead address to be asked');
  await deliver(alive, 12);
  // Far sooner than a try without an answer takes (15 s).
  await waitFor(async () => (await stateOf(alive)).sent === 12, 'the others to get theirs', 8_000);
  expect(asked(dead)).toBe(2);
  release();
  await waitFor(async () => (await stateOf(dead)).sent === 20, 'the rest');
  peer.answer = before;
});

test('after some tries without an answer an address rests as a whole, and one delivery tries first', async () => {
  const hook = await makeHook();
  const before = peer.answer;
  peer.answer = (request) => (request.path === hook.path ? 'drop' : before(request));
  await deliver(hook, 12);
  const { resting } = await waitFor(async () => {
    const state = await stateOf(hook);
    return state.resting !== null && state;
  }, 'the rest');
  expect(resting!.getTime() - platform.clock.now().getTime()).toBeGreaterThan(50_000);
  const tried = asked(hook);
  expect(tried).toBeLessThanOrEqual(4);
  platform.clock.advance(20_000);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(asked(hook)).toBe(tried);
  platform.clock.advance(3 * 60_000);
  await waitFor(() => Promise.resolve(asked(hook) > tried), 'the try after the rest');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(asked(hook)).toBe(tried + 1);
  peer.answer = before;
  platform.clock.advance(90 * 60_000);
  await waitFor(async () => (await stateOf(hook)).sent === 12, 'everything to arrive');
  expect(await stateOf(hook)).toMatchObject({ silences: 0, resting: null });
});
