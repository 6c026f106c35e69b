import path from 'node:path';
import type { TimetableSummary } from '#libs/contracts/meetings/timetables.js';
import { TimetableSolver } from '../../apps/matching-worker/timetables/timetable-solver.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  readBoard,
  registerSide,
} from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

const ENTRY = path.resolve('dist/apps/matching-worker/timetables/solver-thread.js');
/** Seconds that the worker would take without being stopped. */
const LIMIT = 20;

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  // One job at a time: whoever waits gets the worker only when it is free.
  platform = await startTestPlatform({ MATCHING_CONCURRENCY: '1' });
  platform.running.app.get(TimetableSolver, { strict: false }).useEntry(ENTRY);
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

/** Twelve institutes that forty-eight firms all want to meet: far more than there are slots, and at work for minutes. */
async function makeCrowd(): Promise<string> {
  const { id } = await makeMeetingEvent(platform, { slots: 12, tables: 30, title: '人多的会' });
  await platform.dataSource.query(
    `WITH people AS (
       INSERT INTO person (email, name) SELECT 'crowd-' || n || '@example.test', '与会人' || n FROM generate_series(1, 60) n
       RETURNING id, substr(name, 4)::int AS n
     ), organisations AS (
       INSERT INTO organisation (kind, name)
       SELECT CASE WHEN n <= 12 THEN 'institute' ELSE 'enterprise' END, '单位' || n FROM generate_series(1, 60) n
       RETURNING id, substr(name, 3)::int AS n
     )
     INSERT INTO meeting (event_id, enterprise_id, institute_id, enterprise_person_id, institute_person_id)
     SELECT $1, fo.id, lo.id, fp.id, lp.id FROM people lp JOIN organisations lo ON lo.n = lp.n AND lp.n <= 12
     CROSS JOIN people fp JOIN organisations fo ON fo.n = fp.n AND fp.n > 12`,
    [id],
  );
  return id;
}

test('stopped, a large timetable keeps the best found so far, and the worker goes on with the next', async () => {
  const eventId = await makeCrowd();
  const small = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const [firm, lab] = [
    await makeSide(platform, 'enterprise', '后来的公司'),
    await makeSide(platform, 'institute', '后来的研究所'),
  ];
  for (const side of [firm, lab]) await registerSide(platform, small.id, side);
  await makeInterest(platform, firm, lab);
  await organizer.client.post(`/organizer/events/${small.id}/meetings/collect`);

  const { body } = await organizer.client.post<{ id: string }>(`/organizer/events/${eventId}/timetables`);
  const state = async () =>
    (await organizer.client.get<TimetableSummary>(`/organizer/timetables/${body.id}`)).body;
  await waitFor(async () => (await state()).progress?.placed != null, 'a first timetable');
  const { status, progress } = await state();
  expect(status).toBe('computing');
  // The next one waits meanwhile.
  const next = computeTimetable(organizer, small.id, LIMIT * 1000);
  expect((await organizer.client.post(`/organizer/timetables/${body.id}/stop`)).body).toEqual({ ok: true });
  await waitFor(async () => (await state()).status === 'draft', 'the draft', LIMIT * 1000);

  const stopped = await state();
  expect(stopped.progress).toMatchObject({ proof: 'gap' });
  expect(stopped.progress!.seconds).toBeLessThan(LIMIT);
  expect(stopped.placed).toBeGreaterThanOrEqual(progress!.placed!);
  expect(stopped.placed + stopped.unplaced).toBe(576);
  const board = await readBoard(organizer, eventId);
  expect(board.meetings.filter(({ place }) => place !== null)).toHaveLength(stopped.placed);
  expect([board.draft?.id, board.latest]).toEqual([body.id, null]);

  await next;
  expect((await readBoard(organizer, small.id)).draft).toMatchObject({ placed: 1, unplaced: 0 });
}, 60_000);
