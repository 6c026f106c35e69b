import path from 'node:path';
import { DEFAULT_ASSIGNMENT, type AssignmentView } from '#libs/contracts/meetings/assignments.js';
import { AssignmentSolver } from '../../apps/matching-worker/assignments/assignment-solver.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { makeMeetingEvent } from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

const ENTRY = path.resolve('dist/apps/matching-worker/assignments/assignment-thread.js');

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  platform.running.app.get(AssignmentSolver, { strict: false }).useEntry(ENTRY);
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

/** 280 firms and 120 institutes at an event, and 3,000 matches between them. */
async function makeCrowd(): Promise<string> {
  const { id } = await makeMeetingEvent(platform, { slots: 24, tables: 60, title: '四百人的会' });
  await platform.dataSource.query(
    `INSERT INTO person (email, name) SELECT 'many-' || n || '@example.test', '与会人' || n FROM generate_series(1, 400) n`,
  );
  await platform.dataSource.query(
    `INSERT INTO organisation (kind, name)
     SELECT CASE WHEN n <= 120 THEN 'institute' ELSE 'enterprise' END, '单位' || n FROM generate_series(1, 400) n`,
  );
  await platform.dataSource.query(
    `INSERT INTO registration (event_id, person_id, organisation_id, status, seats_held, ticket_code, confirmed_at)
     SELECT $1, p.id, o.id, 'confirmed', 1, 'MANY-' || p.name, now()
     FROM person p JOIN organisation o ON o.name = '单位' || substr(p.name, 4) WHERE p.email LIKE 'many-%'`,
    [id],
  );
  await platform.dataSource.query(
    `INSERT INTO capability (organisation_id, status, title) SELECT id, 'published', name FROM organisation
     WHERE kind = 'institute' AND name LIKE '单位%'`,
  );
  await platform.dataSource.query(
    `INSERT INTO need (organisation_id, status, title) SELECT id, 'published', name FROM organisation
     WHERE kind = 'enterprise' AND name LIKE '单位%'`,
  );
  await platform.dataSource.query(
    `INSERT INTO match (need_id, capability_id, score, rank, factors, reasons, model_version, need_version, capability_version)
     SELECT n.id, c.id, (pair.i * 37 % 100) / 100.0, 1, '[]', '[]', 'test', 1, 1
     FROM generate_series(0, 2999) pair (i)
     JOIN need n ON n.title = '单位' || (121 + pair.i % 280)
     JOIN capability c ON c.title = '单位' || (1 + (pair.i * 7 + pair.i / 280) % 120)
     ON CONFLICT DO NOTHING`,
  );
  return id;
}

test('400 people are paired in a thread of its own while requests are answered', async () => {
  const eventId = await makeCrowd();
  const view = async () =>
    (await organizer.client.get<AssignmentView>(`/organizer/events/${eventId}/assignment`)).body;
  const stages = new Set<string>();
  const { status } = await organizer.client.post(`/organizer/events/${eventId}/assignments`, {
    ...DEFAULT_ASSIGNMENT,
    maxMeetings: 6,
    floor: 2,
  });
  expect(status).toBe(201);
  await waitFor(async () => {
    const { latest } = await view();
    if (latest?.stage != null) stages.add(latest.stage);
    return latest?.status === 'ready';
  }, 'the proposal');
  const { latest } = await view();
  expect(latest!.figures).toMatchObject({ proof: 'optimal', people: 400, capacity: 1440, shortfall: 0 });
  // Were it computed here nobody could have asked while pairs were chosen.
  expect([...stages]).toContain('choosing');
});
