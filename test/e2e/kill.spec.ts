import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import {
  handOvers,
  replayedCalendars,
  unexplainedRepeats,
  wantedCalendars,
} from '../support/crash-calendars.js';
import { CrashJob } from '../support/crash-job.js';
import { CrashPlatform, type Blow } from '../support/crash-platform.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { withoutQuietHours } from '../support/mailbox.js';
import { makeInterest, makeMeetingEvent, makeSide } from '../support/meetings.js';
import { makeCrowd } from '../support/registrations.js';
import { startSmtpPeer, type SmtpPeer } from '../support/smtp-peer.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(300_000);

const SEED = Number(process.env['KILL_SEED'] ?? 20_261_122);
const CAPACITY = 40;
const NEWCOMERS = 10;
const BLOWS: readonly Blow[] = [
  'program',
  'everything',
  'program',
  'database',
  'program',
  'everything',
  'program',
];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let peer: SmtpPeer;
let platform: CrashPlatform;
let job: CrashJob;
let crowd: TestPerson[];
beforeAll(async () => {
  peer = await startSmtpPeer();
  // One connection, so that at most one message is being handed over at any instant.
  platform = await CrashPlatform.start({ SMTP_URL: peer.url, SWEEP_SECONDS: '1', MAIL_CONCURRENCY: '1' });
  const dataSource = await platform.openDataSource();
  const scene = { dataSource, client: () => platform.client() };
  const organizer = await makePerson(scene, { name: '组织者', roles: ['organizer'] });
  const event = await makeMeetingEvent(scene, { slots: 6, tables: 4, title: '春季对接会' });
  await dataSource.query('UPDATE event SET capacity = $1', [CAPACITY]);
  const firms = [];
  const labs = [];
  for (const name of ['甲', '乙', '丙', '丁']) firms.push(await makeSide(scene, 'enterprise', `${name}公司`));
  for (const name of ['子', '丑', '寅']) labs.push(await makeSide(scene, 'institute', `${name}研究所`));
  const pairs = [];
  for (const firm of firms) {
    for (const lab of labs) {
      const matchId = await makeInterest(scene, firm, lab, { mutual: false });
      pairs.push({ matchId, person: lab.person });
    }
  }
  crowd = await makeCrowd(scene, BLOWS.length * NEWCOMERS);
  const everybody = await dataSource.query<{ id: string }[]>('SELECT id FROM person');
  await withoutQuietHours(dataSource, ...everybody.map(({ id }) => id));
  await dataSource.destroy();
  const sides = [...firms, ...labs];
  job = new CrashJob(platform, { organizer, eventId: event.id, sides, pairs });
  for (const side of sides) await job.register(side.person, side.organisationId);
});
afterAll(async () => {
  await platform.end();
  await peer.stop();
});

/** What happens between two blows, in the hands of several people at once. */
async function round(n: number, random: () => number): Promise<void> {
  const newcomers = crowd.slice(n * NEWCOMERS, (n + 1) * NEWCOMERS);
  const staying = [...job.registered.keys()].filter(
    (id) => crowd.some((person) => person.id === id) && !job.cancelled.has(id),
  );
  const leaving = staying.filter(() => random() < 0.12);
  const eachAfterTheOther = async (work: (() => Promise<void>)[]) => {
    for (const step of work) await step();
  };
  await Promise.all([
    eachAfterTheOther(newcomers.slice(0, 5).map((person) => () => job.register(person))),
    eachAfterTheOther(newcomers.slice(5).map((person) => () => job.register(person))),
    eachAfterTheOther(leaving.map((id) => () => job.cancel(id))).then(() => job.acceptOffers()),
    job.import(n % 2 === 0 ? 'need' : 'capability', Math.floor(n / 2)),
    job.matchAll(),
    eachAfterTheOther([
      () => job.answer(n),
      ...(n % 3 === 2 ? [() => job.timetable()] : []),
      ...(n === 4 || n === 9 ? [() => job.postpone()] : []),
    ]),
  ]);
}

const count = async (dataSource: DataSource, sql: string): Promise<number> => {
  const [row] = await dataSource.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${sql}`);
  return row!.n;
};

const WORK_LEFT = `(SELECT 1 FROM notification WHERE status = 'queued'
  UNION ALL SELECT 1 FROM invitation_backlog
  UNION ALL SELECT 1 FROM match_run WHERE status IN ('queued', 'running')
  UNION ALL SELECT 1 FROM import_batch WHERE status IN ('queued', 'running')
  UNION ALL SELECT 1 FROM timetable WHERE status IN ('queued', 'computing')) work`;

describe('the main job under kill -9', () => {
  let dataSource: DataSource;
  beforeAll(async () => {
    const random = numbersOf(SEED);
    for (const [n, blow] of BLOWS.entries()) {
      const working = round(n, random);
      await Promise.race([working, new Promise((resolve) => setTimeout(resolve, 30 + random() * 1_200))]);
      await platform.strike(blow);
      if (blow !== 'database') await platform.rise();
      await working;
    }
    dataSource = await platform.openDataSource();
    await waitFor(async () => (await count(dataSource, WORK_LEFT)) === 0, 'all work to be done', 90_000);
  });
  afterAll(async () => {
    if (dataSource?.isInitialized) await dataSource.destroy();
  });

  test('every acknowledged request is in the rows', async () => {
    const rows = await dataSource.query<{ person_id: string; id: string; status: string }[]>(
      'SELECT person_id, id, status FROM registration',
    );
    expect(rows).toHaveLength(7 + crowd.length);
    const lost = [...job.registered].filter(([personId, { id }]) => {
      const row = rows.find((r) => r.person_id === personId);
      if (row?.id !== id) return true;
      if (job.cancelled.has(personId)) return row.status !== 'cancelled';
      if (job.accepted.has(personId)) return row.status !== 'confirmed';
      return !['confirmed', 'waitlisted', 'offered'].includes(row.status);
    });
    expect([job.registered.size, lost]).toEqual([7 + crowd.length, []]);
    expect(job.cancelled.size).toBeGreaterThan(20);
    expect(job.accepted.size).toBeGreaterThan(5);
    const answered = await dataSource.query<{ id: string }[]>(
      'SELECT id FROM match WHERE mutual_at IS NOT NULL',
    );
    expect(answered.map((row) => row.id).sort()).toEqual([...job.answered].sort());
    const [event] = await dataSource.query<{ starts_at: Date }[]>('SELECT starts_at FROM event');
    expect(event!.starts_at.toISOString()).toBe(job.startsAt);
  });

  test('every file is imported, and no row of it twice', async () => {
    const batches = await dataSource.query<{ id: string; status: string; processed: number; good: number }[]>(
      'SELECT id, status, processed, good FROM import_batch WHERE id = ANY($1)',
      [job.imports],
    );
    expect(batches).toHaveLength(BLOWS.length);
    expect(batches.filter((b) => b.status !== 'done' || b.processed !== b.good || b.good !== 40)).toEqual([]);
    for (const kind of ['need', 'capability']) {
      const rows = await dataSource.query<{ external_no: string; status: string }[]>(
        `SELECT external_no, status FROM ${kind} WHERE external_source = $1 ORDER BY external_no`,
        [`${kind}-list`],
      );
      expect(rows.map((row) => row.external_no).sort()).toEqual([...job.sources.get(kind)!].sort());
      expect(new Set(rows.map((row) => row.status))).toEqual(new Set(['published']));
    }
  });

  test('every match run has come to its end', async () => {
    const unfinished = await count(dataSource, "match_run WHERE status <> 'done' OR done <> total");
    const asked = await dataSource.query<unknown[]>('SELECT 1 FROM match_run WHERE id = ANY($1)', [job.runs]);
    expect([unfinished, asked.length]).toEqual([0, new Set(job.runs).size]);
    expect(await count(dataSource, "match WHERE state = 'current'")).toBeGreaterThan(500);
  });

  test('seats add up and never exceed the capacity; nobody and no table is booked twice', async () => {
    const [seats] = await dataSource.query<{ taken: number; held: number }[]>(
      'SELECT seats_taken AS taken, (SELECT sum(seats_held)::int FROM registration) AS held FROM event',
    );
    expect(seats).toEqual({ taken: CAPACITY, held: CAPACITY });
    // The last timetable knows the interests of the rounds up to its own, one each.
    const interests = BLOWS.length - (BLOWS.length % 3);
    expect(await count(dataSource, "meeting WHERE status = 'scheduled'")).toBe(interests);
    const twice = await count(
      dataSource,
      `meeting a JOIN meeting b ON a.id < b.id AND a.status = 'scheduled' AND b.status = 'scheduled'
         AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
       WHERE a.table_id = b.table_id OR a.enterprise_person_id = b.enterprise_person_id
          OR a.institute_person_id = b.institute_person_id`,
    );
    expect(twice).toBe(0);
    const published = await dataSource.query<{ id: string }[]>(
      "SELECT id FROM timetable WHERE status = 'published'",
    );
    expect(published).toEqual([{ id: job.timetables.at(-1) }]);
  });

  test('every mail is sent, and once but for the last of a process that was killed', async () => {
    const rows = await dataSource.query<{ message_id: string; status: string }[]>(
      "SELECT message_id, status FROM notification WHERE channel = 'mail'",
    );
    expect(rows.filter((row) => row.status !== 'sent')).toEqual([]);
    const copies = await handOvers(peer);
    const wanted = rows.map((row) => `<${row.message_id}@duijie.example>`).sort();
    expect([...new Set(copies.map((copy) => copy.messageId))].sort()).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(200);
    expect(unexplainedRepeats(copies, platform.starts)).toEqual([]);
  });

  test('calendars that read the mails hold what is true', async () => {
    const wanted = await wantedCalendars(dataSource);
    expect(await replayedCalendars(peer)).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(CAPACITY);
  });
});
