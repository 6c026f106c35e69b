import { randomUUID } from 'node:crypto';
import { issueFirstAdministratorToken } from '#libs/persistence/identity/first-administrator.js';
import { mailsTo, newestToken } from '../support/outbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const PASSWORD = '一个足够长的口令呀呀';
const address = () => `sign-up-${randomUUID().slice(0, 8)}@test.example`;
const signUp = (email: string, extra: Record<string, unknown> = {}) =>
  platform.client().post('/auth/sign-up', { email, name: '周雨', password: PASSWORD, ...extra });
const code = (answer: { body: Record<string, unknown> }) => answer.body['code'];

/** A verified person who signed up through the API. */
async function registered(): Promise<string> {
  const email = address();
  await signUp(email);
  await platform.client().post('/auth/verify-email', { token: await newestToken(platform, email) });
  return email;
}

describe('sign-up', () => {
  test('sign up, verify, sign in, be somebody, sign out', async () => {
    const email = address();
    const client = platform.client();
    const answer = await signUp(` ${email.toUpperCase()} `, { next: '/join?token=abc', locale: 'en' });
    expect([answer.status, answer.body]).toEqual([200, { ok: true }]);

    const mails = await mailsTo(platform, email);
    const token = await newestToken(platform, email);
    expect(mails).toEqual([
      {
        topic: 'verify-email',
        toAddress: email,
        locale: 'en',
        payload: { link: `/verify-email?token=${token}&next=%2Fjoin%3Ftoken%3Dabc` },
      },
    ]);

    const early = await client.post('/auth/sign-in', { email, password: PASSWORD });
    expect([early.status, code(early)]).toEqual([403, 'auth.email-not-verified']);
    expect(early.headers.getSetCookie()).toEqual([]);

    expect((await client.post('/auth/verify-email', { token })).status).toBe(200);
    const signedIn = await client.post('/auth/sign-in', { email: email.toUpperCase(), password: PASSWORD });
    expect([signedIn.status, signedIn.body]).toEqual([200, { ok: true }]);
    const [cookie] = signedIn.headers.getSetCookie();
    expect(cookie).toMatch(/^duijie_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);

    const me = await client.get('/me');
    const [person] = await platform.dataSource.query(
      'SELECT id, password_hash FROM person WHERE email = $1',
      [email],
    );
    expect(person.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(me.body).toEqual({
      person: {
        id: person.id,
        email,
        name: '周雨',
        phone: null,
        locale: 'en',
        roles: [],
        organisations: [],
      },
      mailbox: true,
    });
    const [session] = await platform.dataSource.query('SELECT token_hash FROM session WHERE person_id = $1', [
      person.id,
    ]);
    expect(session.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(cookie).not.toContain(session.token_hash);

    expect((await client.post('/auth/sign-out')).status).toBe(200);
    expect((await client.get('/me')).body).toEqual({ person: null, mailbox: true });
  });

  test('the answers do not say whether an address exists; only a mail does', async () => {
    const known = await registered();
    const unknown = address();
    const answers = await Promise.all([
      signUp(known),
      signUp(unknown),
      platform.client().post('/auth/forgot-password', { email: known }),
      platform.client().post('/auth/forgot-password', { email: address() }),
      platform.client().post('/auth/resend-verification', { email: known }),
      platform.client().post('/auth/resend-verification', { email: address() }),
    ]);
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      Array.from({ length: 6 }, () => [200, { ok: true }]),
    );
    const topics = (await mailsTo(platform, known)).map((mail) => mail.topic);
    expect(topics.sort()).toEqual(['already-registered', 'reset-password', 'verify-email']);

    const wrong = await platform.client().post('/auth/sign-in', { email: known, password: 'wrong password' });
    const nobody = await platform.client().post('/auth/sign-in', { email: address(), password: 'whatever' });
    expect({ ...wrong.body, instance: '' }).toEqual({ ...nobody.body, instance: '' });
    expect([wrong.status, code(wrong)]).toEqual([401, 'auth.wrong-credentials']);
  });

  test('a link works once, of two at the same time one wins, and not after its time', async () => {
    const email = address();
    await signUp(email);
    const token = await newestToken(platform, email);
    const both = await Promise.all([1, 2].map(() => platform.client().post('/auth/verify-email', { token })));
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 410]);
    const again = await platform.client().post('/auth/verify-email', { token });
    expect([again.status, code(again)]).toEqual([410, 'auth.link-invalid']);

    const late = address();
    await signUp(late);
    await platform.dataSource.query(`UPDATE one_time_token SET expires_at = now() WHERE email = $1`, [late]);
    const expired = await platform
      .client()
      .post('/auth/verify-email', { token: await newestToken(platform, late) });
    expect([expired.status, code(expired)]).toEqual([410, 'auth.link-invalid']);
  });

  test('somebody who signs up with a foreign address leaves no password in the account its owner verifies', async () => {
    const email = address();
    await signUp(email, { name: '冒名者', password: 'the thief’s password' });
    await signUp(email, { name: '本人' });
    const token = await newestToken(platform, email);
    expect((await platform.client().post('/auth/verify-email', { token })).status).toBe(200);
    const thief = await platform.client().post('/auth/sign-in', { email, password: 'the thief’s password' });
    expect(code(thief)).toBe('auth.wrong-credentials');
    const owner = platform.client();
    expect((await owner.post('/auth/sign-in', { email, password: PASSWORD })).status).toBe(200);
    const me = await owner.get<{ person: { name: string } }>('/me');
    expect(me.body.person.name).toBe('本人');
    const [{ open }] = await platform.dataSource.query(
      'SELECT count(*)::int AS open FROM one_time_token WHERE email = $1 AND used_at IS NULL',
      [email],
    );
    expect(open).toBe(0);
  });

  test('bad input is refused with the field or the reason', async () => {
    const email = address();
    expect(code(await signUp(email, { password: 'short' }))).toBe('auth.password-short');
    expect(code(await signUp(email, { password: email }))).toBe('auth.password-guessable');
    const bad = await signUp('no-address');
    expect([bad.status, code(bad)]).toEqual([400, 'request.invalid']);
    expect((bad.body['problems'] as { field: string }[]).map((problem) => problem.field)).toEqual(['email']);
    expect((await signUp(email, { next: '//evil.example' })).status).toBe(400);
    expect(await mailsTo(platform, email)).toEqual([]);
  });

  test('at most five mails an hour go to an address, known or not', async () => {
    const email = address();
    const send = () => platform.client().post('/auth/forgot-password', { email });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await send()).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    const sixth = await signUp(email);
    expect([sixth.status, code(sixth)]).toEqual([429, 'request.too-many']);
    const { seconds } = sixth.body['params'] as { seconds: number };
    expect(seconds).toBeGreaterThan(3500);
    expect(seconds).toBeLessThanOrEqual(3600);
    expect(sixth.headers.get('retry-after')).toBe(String(seconds));
  });
});

describe('the first administrator', () => {
  const body = (token: string) => ({
    token,
    email: address(),
    name: '平台管理员甲',
    password: PASSWORD,
  });

  test('a new link voids the old one, works once, and not when there is an administrator', async () => {
    const { manager } = platform.dataSource;
    const old = (await issueFirstAdministratorToken(manager, platform.clock.now()))!;
    const token = (await issueFirstAdministratorToken(manager, platform.clock.now()))!;
    const stale = await platform.client().post('/auth/first-administrator', body(old));
    expect([stale.status, code(stale)]).toEqual([410, 'auth.link-invalid']);

    const weak = { ...body(token), password: 'short' };
    expect(code(await platform.client().post('/auth/first-administrator', weak))).toBe('auth.password-short');

    const clients = [platform.client(), platform.client()];
    const answers = await Promise.all(
      clients.map((client) => client.post('/auth/first-administrator', body(token))),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 410]);
    const winner = clients[answers.findIndex((answer) => answer.status === 201)]!;
    const me = await winner.get<{ person: { roles: string[] } }>('/me');
    expect(me.body.person.roles).toEqual(['administrator']);
    const [{ count }] = await platform.dataSource.query(
      `SELECT count(*)::int AS count FROM person WHERE 'administrator' = ANY (platform_roles)`,
    );
    expect(count).toBe(1);
    expect(await issueFirstAdministratorToken(manager, platform.clock.now())).toBe(null);
  });
});
