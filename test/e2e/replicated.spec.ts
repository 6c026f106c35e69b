import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { TestClient } from '../support/client.js';
import { copiesOf, replayedCalendars, wantedCalendars } from '../support/crash-calendars.js';
import { createTestDatabase, openTestDataSource, type TestDatabase } from '../support/database.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  type Side,
} from '../support/meetings.js';
import { freePort, startProgram, type Program } from '../support/process-program.js';
import { startSmtpPeer, type SmtpPeer } from '../support/smtp-peer.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(180_000);

const REDIS_URL = process.env['TEST_REDIS_URL'];
const KINDS = [
  'event-service',
  'matching-worker',
  'matching-worker',
  'notification-service',
  'notification-service',
];
const ROWS = 120;

interface Service {
  readonly kind: string;
  readonly url: string;
  readonly program: Program;
}

const suite = REDIS_URL === undefined ? describe.skip : describe;
suite('separate processes on Redis (skipped unless TEST_REDIS_URL names a server)', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let peer: SmtpPeer;
  const services: Service[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await openTestDataSource(database.url);
    peer = await startSmtpPeer();
    const env = {
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      REDIS_URL: REDIS_URL!,
      QUEUE_PREFIX: `test-${randomUUID()}`,
      SMTP_URL: peer.url,
      SWEEP_SECONDS: '1',
      APP_SECRET: 'test-secret-test-secret-test-secret-0123',
    };
    for (const kind of KINDS) {
      const port = await freePort();
      const program = startProgram({
        entry: `dist/processes/${kind}.js`,
        env: { ...env, PORT: String(port) },
      });
      services.push({ kind, url: `http://127.0.0.1:${port}`, program });
    }
    await Promise.all(services.map((service) => waitFor(() => isHealthy(service), service.kind, 90_000)));
  });
  afterAll(async () => {
    for (const { program } of services) program.signal('SIGTERM');
    await Promise.all(services.map(({ program }) => program.ended));
    await peer?.stop();
    await dataSource?.destroy();
    await database?.drop();
  });

  async function isHealthy({ program, url }: Service): Promise<boolean> {
    if (!program.isRunning()) throw new Error(program.output());
    return fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
  }

  const client = () => new TestClient(services[0]!.url);

  test('the main job passes through, also when one worker of each kind is killed', async () => {
    const scene = { dataSource, client };
    const organizer = await makePerson(scene, { roles: ['organizer'] });
    const event = await makeMeetingEvent(scene, { slots: 4, tables: 3 });
    const firms = [
      await makeSide(scene, 'enterprise', '甲公司'),
      await makeSide(scene, 'enterprise', '乙公司'),
    ];
    const labs = [
      await makeSide(scene, 'institute', '子研究所'),
      await makeSide(scene, 'institute', '丑研究所'),
    ];
    for (const firm of firms) for (const lab of labs) await makeInterest(scene, firm, lab);
    await Promise.all([...firms, ...labs].map((side) => register(side, event.id)));
    const imported = [await startImport(organizer, 'need'), await startImport(organizer, 'capability')];

    services[1]!.program.signal('SIGKILL');
    services[3]!.program.signal('SIGKILL');

    expect(
      (await organizer.client.post(`/organizer/events/${event.id}/meetings/collect`)).body,
    ).toMatchObject({
      created: 4,
    });
    const timetableId = await computeTimetable(organizer, event.id, 60_000);
    expect((await organizer.client.post(`/organizer/timetables/${timetableId}/publish`)).body).toMatchObject({
      added: 4,
      invitations: 8,
    });
    await waitFor(async () => (await workLeft()) === 0, 'all work to be done', 90_000);

    const batches = await dataSource.query<unknown[]>(
      "SELECT 1 FROM import_batch WHERE id = ANY($1) AND status = 'done' AND created = $2",
      [imported, ROWS],
    );
    expect(batches).toHaveLength(2);
    const runs = await dataSource.query<{ status: string; whole: boolean }[]>(
      'SELECT DISTINCT status, done = total AS whole FROM match_run',
    );
    expect(runs).toEqual([{ status: 'done', whole: true }]);
    const copies = await copiesOf(peer);
    expect(copies.size).toBe(12);
    const more = [...copies.values()].filter((times) => times.length > 1);
    // Four connections of the killed service could each have one mail on its way.
    expect(more.every((times) => times.length === 2) && more.length <= 4).toBe(true);
    expect(await replayedCalendars(peer)).toEqual(await wantedCalendars(dataSource));
  });

  async function workLeft(): Promise<number> {
    const [row] = await dataSource.query<{ n: number }[]>(
      `SELECT ((SELECT count(*) FROM notification WHERE status <> 'sent')
        + (SELECT count(*) FROM match_run WHERE status IN ('queued', 'running'))
        + (SELECT count(*) FROM import_batch WHERE status IN ('queued', 'running')))::int AS n`,
    );
    return row!.n;
  }

  async function register({ person, organisationId }: Side, eventId: string): Promise<void> {
    const { status } = await person.client.post(`/events/${eventId}/registrations`, { organisationId });
    expect(status).toBe(201);
  }

  async function startImport(organizer: TestPerson, kind: 'need' | 'capability'): Promise<string> {
    const rows = Array.from({ length: ROWS }, (_, n) =>
      JSON.stringify({
        编号: `${kind}-${n}`,
        名称: `海洋防腐涂层 ${n}`,
        正文: `海洋防腐涂层在第 ${n} 号平台的应用`,
      }),
    );
    const file = {
      name: 'rows.jsonl',
      type: 'application/jsonl',
      bytes: new TextEncoder().encode(rows.join('\n')),
    };
    const { body } = await organizer.client.upload<{ id: string }>('/organizer/imports', file, {
      kind,
      source: kind,
    });
    const started = await organizer.client.post(`/organizer/imports/${body.id}/start`, { publish: true });
    expect(started.status).toBe(200);
    return body.id;
  }
});
