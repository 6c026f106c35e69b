import type { CollectReport, MeetingView } from '#libs/contracts/meetings/meetings.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { makeInterest, makeMeetingEvent, makeSide, readBoard, registerSide } from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

const firm = (name: string) => makeSide(platform, 'enterprise', name);
const lab = (name: string) => makeSide(platform, 'institute', name);
const collect = async (eventId: string) =>
  (await organizer.client.post<CollectReport>(`/organizer/events/${eventId}/meetings/collect`)).body;
const view = async (person: TestPerson, id: string) =>
  (await person.client.get<MeetingView>(`/meetings/${id}`)).body;
const alsoOf = async (eventId: string) =>
  (await readBoard(organizer, eventId)).meetings.map((meeting) => meeting.also.map((one) => one.matchId));

/** Two sides who agreed on three matches, one of them the other way round. */
async function makePair(name: string) {
  const { id } = await makeMeetingEvent(platform, { slots: 3, tables: 2 });
  const [a, b] = [await firm(`${name}公司`), await lab(`${name}所`)];
  for (const side of [a, b]) await registerSide(platform, id, side);
  const second = await makeInterest(platform, a, b, { score: 0.6 });
  const best = await makeInterest(platform, a, b, { score: 0.9 });
  const turned = await makeInterest(platform, b, a, { score: 0.3 });
  return { id, a, b, best, further: [second, turned] };
}

test('two people who agreed on several matches get one meeting that stands for all of them', async () => {
  const { id, a, b, best, further } = await makePair('同席');
  expect(await collect(id)).toEqual({ created: 1, joined: 2, existing: 0, skipped: [] });
  expect(await collect(id)).toEqual({ created: 0, joined: 0, existing: 3, skipped: [] });
  const [meeting, ...rest] = (await readBoard(organizer, id)).meetings;
  expect(rest).toEqual([]);
  const [row] = await platform.dataSource.query<{ match: string }[]>(
    'SELECT match_id AS match FROM meeting WHERE id = $1',
    [meeting!.id],
  );
  expect(row!.match).toBe(best);
  const shown = await view(a.person, meeting!.id);
  expect(shown.also.map((one) => [one.matchId, one.need, one.capability])).toEqual([
    [further[0], '同席公司的需求', '同席所的成果'],
    [further[1], '同席所的需求', '同席公司的成果'],
  ]);
  const mine = await b.person.client.get<{ meetings: { also: unknown[] }[] }>(`/events/${id}/timetable`);
  expect(mine.body.meetings.map((one) => one.also.length)).toEqual([2]);
  // A further interest of the two joins the meeting that there is.
  const later = await makeInterest(platform, a, b, { score: 0.95 });
  expect(await collect(id)).toEqual({ created: 0, joined: 1, existing: 3, skipped: [] });
  expect(await alsoOf(id)).toEqual([[later, ...further]]);
});

test('every match of a held meeting counts as met, and its need as one that led to a meeting', async () => {
  const { id, a, b, best, further } = await makePair('见面');
  await collect(id);
  const [meeting] = (await readBoard(organizer, id)).meetings;
  await platform.dataSource.query(
    `UPDATE meeting SET status = 'held', starts_at = now() - interval '1 hour', ends_at = now(),
       table_id = (SELECT id FROM meeting_table WHERE event_id = $2 LIMIT 1) WHERE id = $1`,
    [meeting!.id, id],
  );
  const board = await organizer.client.get<{ rows: { id: string; met: boolean }[] }>(
    `/organizer/match-board?eventId=${id}`,
  );
  expect(board.body.rows.map((row) => [row.id, row.met])).toEqual(
    [best, ...further].map((match) => [match, true]),
  );
  // They met: another interest is no meeting any more.
  const late = await makeInterest(platform, a, b);
  expect((await collect(id)).skipped.map((row) => [row.matchId, row.reason])).toEqual([[late, 'met-before']]);
});
