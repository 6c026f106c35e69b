import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { hashToken, newToken, SESSION_COOKIE } from '#libs/platform/auth/session-cookie.js';
import { describeApi } from '../../apps/standalone/describe-api.js';
import { makeOrganisation, makePerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { routesOf } from '../support/routes.js';
import { sampleOf, type JsonSchema } from '../support/sample-of.js';

/**
 * Every route of the running platform, called as everybody. The committed table beside this file says what each route
 * demands, so that a changed policy shows in review; a new route without a policy, or without a line there, fails.
 */
const table = JSON.parse(
  await readFile(path.resolve(import.meta.dirname, 'authorisation-matrix.json'), 'utf8'),
) as Record<string, Policy>;

type Policy = 'public' | 'signedIn' | 'member' | 'staff' | 'organizer' | 'administrator';

const ROLES = [
  'visitor',
  'attendee',
  'enterprise member',
  'institute member',
  'broker',
  'service officer',
  'organizer',
  'administrator',
] as const;
type Role = (typeof ROLES)[number];

/** Written out by hand, not asked of the code under test. */
const ADMITTED: Record<Policy, readonly Role[]> = {
  public: ROLES,
  signedIn: ROLES.slice(1),
  member: ['enterprise member', 'institute member', 'organizer', 'administrator'],
  staff: ['broker', 'service officer', 'organizer', 'administrator'],
  organizer: ['organizer', 'administrator'],
  administrator: ['administrator'],
};

let platform: TestPlatform;
const people = new Map<Role, string>();
const document = (await describeApi()) as unknown as {
  paths: Record<string, Record<string, { 'x-allow'?: string; requestBody?: { content: object } }>>;
};

beforeAll(async () => {
  platform = await startTestPlatform();
  const person = async (role: Role, roles: string[] = []) => {
    const made = await makePerson(platform, { name: role, roles });
    people.set(role, made.id);
    return made;
  };
  await person('attendee');
  await makeOrganisation(platform, { kind: 'enterprise', members: [await person('enterprise member')] });
  await makeOrganisation(platform, {
    kind: 'research_institute',
    members: [await person('institute member')],
  });
  await person('broker', ['broker']);
  await person('service officer', ['service_officer']);
  await person('organizer', ['organizer']);
  await person('administrator', ['administrator']);
}, 60_000);
afterAll(() => platform.stop());

/** Calls a route with ids of nothing, in a session of its own (some routes end sessions). */
async function call(
  route: string,
  role: Role,
  body: unknown = {},
): Promise<{ status: number; code?: string }> {
  const client = platform.client();
  const personId = people.get(role);
  if (personId !== undefined) {
    const token = newToken();
    await platform.dataSource.query(
      "INSERT INTO session (person_id, token_hash, expires_at) VALUES ($1, $2, now() + interval '1 day')",
      [personId, hashToken(token)],
    );
    client.setCookie(SESSION_COOKIE, token);
  }
  const [method, pattern] = route.split(' ') as [string, string];
  const address = pattern
    .replace('/api', '')
    .replaceAll(':slug', 'nothing')
    .replaceAll(':code', 'needs-published')
    .replaceAll(/:\w+/g, () => randomUUID());
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  const answer = await client[verb]<{ code?: string }>(address, body);
  return { status: answer.status, code: answer.body?.code };
}

test('the table holds every route that the platform answers, and its policy', () => {
  const fastify: FastifyInstance = platform.running.app.getHttpAdapter().getInstance();
  const running = routesOf(fastify).filter((route) => / \/api\/(?!docs)/.test(route));
  expect(Object.keys(table).toSorted()).toEqual(running);
  const policies = Object.entries(document.paths).flatMap(([pattern, methods]) =>
    Object.entries(methods).map(([method, operation]) => [
      `${method.toUpperCase()} ${pattern.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      operation['x-allow'],
    ]),
  );
  expect(Object.fromEntries(policies)).toEqual(table);
});

test('outside /api there are only pages', () => {
  const fastify: FastifyInstance = platform.running.app.getHttpAdapter().getInstance();
  const outside = routesOf(fastify).filter((route) => !/ \/api(\/|$)/.test(route));
  expect(outside.filter((route) => !route.startsWith('GET '))).toEqual([]);
});

test.each(Object.entries(table))(
  '%s is for %s',
  async (route, policy) => {
    // Side by side, as they come: each has a session of its own.
    const answers = await Promise.all(ROLES.map(async (role) => ({ role, ...(await call(route, role)) })));
    for (const { role, status, code } of answers) {
      if (ADMITTED[policy].includes(role)) {
        const refused = code === 'auth.sign-in' || code === 'auth.forbidden';
        expect({ role, status, refused, failed: status >= 500 }).toEqual({
          role,
          status,
          refused: false,
          failed: false,
        });
      } else {
        const expected = role === 'visitor' ? [401, 'auth.sign-in'] : [403, 'auth.forbidden'];
        expect([role, status, code]).toEqual([role, ...expected]);
      }
    }
  },
  60_000,
);

const bodies = Object.entries(document.paths).flatMap(([pattern, methods]) =>
  Object.entries(methods).flatMap(([method, { requestBody }]) => {
    const json = (requestBody?.content as Record<string, { schema: JsonSchema }> | undefined)?.[
      'application/json'
    ];
    const route = `${method.toUpperCase()} ${pattern.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    return json === undefined
      ? []
      : (['full', 'least'] as const).map((how) => ({ route, schema: json.schema, how }));
  }),
);

test.each(bodies)(
  '$route never breaks on a $how body about nothing',
  async ({ route, schema, how }) => {
    for (const role of ['institute member', 'administrator'] as const) {
      const { status, code } = await call(route, role, sampleOf(schema, how));
      expect({ role, code, failed: status >= 500 }).toEqual({ role, code, failed: false });
    }
  },
  60_000,
);
