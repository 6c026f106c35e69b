import { randomUUID } from 'node:crypto';
import type { TestClient } from '../support/client.js';
import { mailsTo, newestToken } from '../support/outbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());
afterEach(() => platform.dataSource.query('DELETE FROM attempt_counter'));

const PASSWORD = 'correct horse battery';
const MINUTE = 60_000;
const code = (answer: { body: Record<string, unknown> }) => answer.body['code'];
const signIn = (email: string, password = PASSWORD, client: TestClient = platform.client()) =>
  client.post('/auth/sign-in', { email, password });

async function registered(): Promise<string> {
  const email = `session-${randomUUID().slice(0, 8)}@test.example`;
  await platform.client().post('/auth/sign-up', { email, name: '何田', password: PASSWORD });
  await platform.client().post('/auth/verify-email', { token: await newestToken(platform, email) });
  return email;
}

async function signedIn(email: string): Promise<TestClient> {
  const client = platform.client();
  expect((await signIn(email, PASSWORD, client)).status).toBe(200);
  return client;
}
const isSignedIn = async (client: TestClient) => (await client.get('/me')).body['person'] !== null;

type Sessions = { rows: { id: string; current: boolean; userAgent: string | null; ip: string | null }[] };

describe('sessions', () => {
  test('are listed and revoked one by one; nobody else’s can be', async () => {
    const email = await registered();
    const first = await signedIn(email);
    const second = await signedIn(email);
    const { body } = await first.get<Sessions>('/auth/sessions');
    expect(body.rows.map((row) => [row.current, row.ip, row.userAgent]).sort()).toEqual([
      [false, '127.0.0.1', 'node'],
      [true, '127.0.0.1', 'node'],
    ]);
    const other = body.rows.find((row) => !row.current)!;

    const stranger = await signedIn(await registered());
    const foreign = await stranger.delete(`/auth/sessions/${other.id}`);
    expect([foreign.status, code(foreign)]).toEqual([404, 'session.not-found']);

    expect((await first.delete(`/auth/sessions/${other.id}`)).status).toBe(200);
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([true, false]);
    expect((await first.delete(`/auth/sessions/${other.id}`)).status).toBe(404);
  });

  test('signing in again replaces the session of the browser', async () => {
    const email = await registered();
    const client = await signedIn(email);
    await signIn(email, PASSWORD, client);
    expect((await client.get<Sessions>('/auth/sessions')).body.rows.map((row) => row.current)).toEqual([
      true,
    ]);
  });

  test('sign-out everywhere ends all of them', async () => {
    const email = await registered();
    const clients = [await signedIn(email), await signedIn(email)];
    expect((await clients[0]!.post('/auth/sign-out-everywhere')).status).toBe(200);
    expect(await Promise.all(clients.map(isSignedIn))).toEqual([false, false]);
    expect((await platform.client().post('/auth/sign-out-everywhere')).status).toBe(401);
  });

  test('an expired session and a disabled person are signed out', async () => {
    const email = await registered();
    const expired = await signedIn(email);
    await platform.dataSource.query(
      `UPDATE session SET expires_at = now() WHERE person_id = (SELECT id FROM person WHERE email = $1)`,
      [email],
    );
    expect(await isSignedIn(expired)).toBe(false);
    const live = await signedIn(email);
    await platform.dataSource.query('UPDATE person SET disabled_at = now() WHERE email = $1', [email]);
    expect(await isSignedIn(live)).toBe(false);
    const refused = await signIn(email);
    expect([refused.status, code(refused)]).toEqual([403, 'auth.account-disabled']);
    expect(code(await signIn(email, 'wrong password'))).toBe('auth.wrong-credentials');
  });
});

describe('lock-out', () => {
  test('ten failures lock an address for a quarter of an hour, also for the right password', async () => {
    const email = await registered();
    const answers = await Promise.all(Array.from({ length: 14 }, () => signIn(email, 'wrong password')));
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    const locked = await signIn(email);
    expect([locked.status, code(locked)]).toEqual([429, 'request.too-many']);
    const wait = Number(locked.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(14 * 60);
    expect(wait).toBeLessThanOrEqual(15 * 60);
    expect((await signIn(await registered())).status).toBe(200);

    platform.clock.advance(15 * MINUTE);
    expect((await signIn(email)).status).toBe(200);
  });

  test('a success starts the count of the address anew', async () => {
    const email = await registered();
    for (let i = 0; i < 9; i++) await signIn(email, 'wrong password');
    expect((await signIn(email)).status).toBe(200);
    for (let i = 0; i < 9; i++) expect((await signIn(email, 'wrong password')).status).toBe(401);
    expect((await signIn(email)).status).toBe(200);
    const rows = await platform.dataSource.query(
      `SELECT attempts FROM attempt_counter WHERE key = 'sign-in-ip:127.0.0.1'`,
    );
    expect(rows).toEqual([{ attempts: 18 }]);
  });

  test('fifty failures lock an IP address', async () => {
    await platform.dataSource.query(
      `INSERT INTO attempt_counter (key, window_start, attempts) VALUES ('sign-in-ip:127.0.0.1', $1, 49)`,
      [platform.clock.now()],
    );
    const email = await registered();
    expect((await signIn(email, 'wrong password')).status).toBe(401);
    expect((await signIn(email)).status).toBe(429);
  });
});

describe('passwords', () => {
  test('a forgotten one is replaced by mail: once, all sessions end, the lock-out is lifted', async () => {
    const email = await registered();
    const client = await signedIn(email);
    await Promise.all(Array.from({ length: 11 }, () => signIn(email, 'wrong password')));
    await platform.client().post('/auth/forgot-password', { email });
    await platform.client().post('/auth/forgot-password', { email });
    const links = (await mailsTo(platform, email))
      .filter((mail) => mail.topic === 'reset-password')
      .map((mail) => mail.payload['link']!);
    expect(links).toHaveLength(2);
    const token = await newestToken(platform, email);
    expect(links[1]).toBe(`/reset-password?token=${token}`);

    const weak = await platform.client().post('/auth/reset-password', { token, password: '何田' });
    expect([weak.status, code(weak)]).toEqual([400, 'auth.password-short']);
    const next = 'another long password';
    const both = await Promise.all(
      [1, 2].map(() => platform.client().post('/auth/reset-password', { token, password: next })),
    );
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 410]);
    expect(await isSignedIn(client)).toBe(false);
    expect(code(await signIn(email))).toBe('auth.wrong-credentials');
    expect((await signIn(email, next)).status).toBe(200);

    const older = new URL(links[0]!, 'http://x').searchParams.get('token');
    const reuse = await platform.client().post('/auth/reset-password', { token: older, password: PASSWORD });
    expect([reuse.status, code(reuse)]).toEqual([410, 'auth.link-invalid']);
  });

  test('a reset link expires after an hour and is no verification link', async () => {
    const email = await registered();
    await platform.client().post('/auth/forgot-password', { email });
    const token = await newestToken(platform, email);
    expect((await platform.client().post('/auth/verify-email', { token })).status).toBe(410);
    platform.clock.advance(60 * MINUTE);
    const late = await platform
      .client()
      .post('/auth/reset-password', { token, password: 'another long one' });
    expect(late.status).toBe(410);
  });

  test('a change needs the current password and ends the other sessions', async () => {
    const email = await registered();
    const here = await signedIn(email);
    const there = await signedIn(email);
    const change = (current: string, password: string) =>
      here.post('/auth/change-password', { current, password });
    expect(code(await change('wrong password', 'another long one'))).toBe('auth.password-wrong');
    expect(code(await change(PASSWORD, email))).toBe('auth.password-guessable');
    expect((await change(PASSWORD, 'another long one')).status).toBe(200);
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
    expect((await signIn(email, 'another long one')).status).toBe(200);
    const audit = await platform.dataSource.query(
      `SELECT a.action, a.detail FROM audit_entry a JOIN person p ON p.id = a.actor_id
       WHERE p.email = $1 AND a.action = 'change-password'`,
      [email],
    );
    expect(audit).toEqual([{ action: 'change-password', detail: { sessions: 1 } }]);
  });
});

describe('the own profile', () => {
  test('name, telephone number and language change; what is left out stays', async () => {
    const email = await registered();
    const client = await signedIn(email);
    const person = async () => (await client.get('/me')).body['person'] as Record<string, unknown>;
    await client.patch('/me', { phone: '020-8400 1200 转 8', locale: 'en' });
    expect(await person()).toMatchObject({ name: '何田', phone: '020-8400 1200 转 8', locale: 'en' });
    await client.patch('/me', { name: '何田田', phone: null });
    expect(await person()).toMatchObject({ name: '何田田', phone: null, locale: 'en' });
    expect((await client.patch('/me', { phone: 'call me' })).status).toBe(400);
    expect((await platform.client().patch('/me', { name: '无名' })).status).toBe(401);
  });
});
