import type { RestorePreview } from '#libs/contracts/meetings/restore.js';
import type { TimetableVersions } from '#libs/contracts/meetings/timetables.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  meetingMails,
  readBoard,
  registerSide,
  slotAt,
  type Side,
} from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

const post = (path: string, body?: object) =>
  organizer.client.post<{ id: string }>(`/organizer/${path}`, body);
const preview = async (id: string) =>
  (await organizer.client.get<RestorePreview>(`/organizer/timetables/${id}/restore`)).body;
const versions = async (eventId: string) =>
  (await organizer.client.get<TimetableVersions>(`/organizer/events/${eventId}/timetables`)).body.rows.map(
    ({ versionNo, status, placed, unplaced }) => [versionNo, status, placed, unplaced],
  );
const places = async (eventId: string) =>
  Object.fromEntries(
    (await readBoard(organizer, eventId)).meetings.map(({ enterprise, place }) => [
      enterprise.name,
      place === null ? null : `${place.startsAt} ${place.table}`,
    ]),
  );

interface Scene {
  eventId: string;
  tables: string[];
  firms: Side[];
  lab: Side;
  first: string;
  second: string;
  meetings: Record<string, string>;
}

/** Two versions: the first is superseded; in the published one the meetings of the first two firms are swapped. */
async function makeScene(mark: string): Promise<Scene> {
  const { id: eventId, tables } = await makeMeetingEvent(platform, {
    slots: 6,
    tables: 2,
    title: `${mark}会`,
  });
  const lab = await makeSide(platform, 'institute', `${mark}所`);
  const firms: Side[] = [];
  for (const letter of ['甲', '乙', '丙'])
    firms.push(await makeSide(platform, 'enterprise', `${mark}${letter}`));
  for (const side of [...firms, lab]) await registerSide(platform, eventId, side);
  for (const firm of firms) await makeInterest(platform, firm, lab);
  await post(`events/${eventId}/meetings/collect`);
  const first = await computeTimetable(organizer, eventId);
  await post(`timetables/${first}/publish`);
  const second = await computeTimetable(organizer, eventId);
  const board = await readBoard(organizer, eventId);
  const meetings = Object.fromEntries(board.meetings.map(({ id, enterprise }) => [enterprise.name, id]));
  await post(`timetables/${second}/swap`, {
    meetingId: meetings[`${mark}甲`],
    otherId: meetings[`${mark}乙`],
  });
  await post(`timetables/${second}/publish`);
  return { eventId, tables, firms, lab, first, second, meetings };
}

test('an older version becomes a new draft, after a preview of what moves and who is told', async () => {
  const { eventId, firms, lab, first } = await makeScene('恢复');
  const before = await places(eventId);
  const mails = (await meetingMails(platform, eventId)).length;
  const seen = await preview(first);
  expect(seen).toMatchObject({ versionNo: 1, nextNo: 3, replaces: null, dropped: [], kept: 0 });
  expect(seen.changes).toMatchObject({ added: 0, moved: 2, removed: 0, unchanged: 1, people: 3 });
  const told = seen.messages!.lines.map(({ name, topic }) => `${topic} ${name}`).sort();
  expect(told).toEqual(
    [firms[0]!, firms[1]!, lab].map((side) => `invitation-update ${side.person.name}`).sort(),
  );
  // Nothing of the preview stays.
  expect(await versions(eventId)).toEqual([
    [2, 'published', 3, 0],
    [1, 'superseded', 3, 0],
  ]);
  expect((await meetingMails(platform, eventId)).length).toBe(mails);

  const { status, body } = await post(`timetables/${first}/restore`);
  expect(status).toBe(201);
  expect(await versions(eventId)).toEqual([
    [3, 'draft', 3, 0],
    [2, 'published', 3, 0],
    [1, 'superseded', 3, 0],
  ]);
  const after = await places(eventId);
  expect([after['恢复甲'], after['恢复乙'], after['恢复丙']]).toEqual([
    before['恢复乙'],
    before['恢复甲'],
    before['恢复丙'],
  ]);
  expect((await meetingMails(platform, eventId)).length).toBe(mails);
  expect((await post(`timetables/${body.id}/publish`)).body).toMatchObject({ moved: 2, invitations: 4 });
  expect((await meetingMails(platform, eventId)).length).toBe(mails + 4);
});

test('what cannot be had any more is left out and said; locked and settled meetings stay', async () => {
  const { eventId, tables, firms, first, second, meetings } = await makeScene('缺位');
  const old = await readBoard(organizer, eventId, 'published');
  const third = old.meetings.find(({ id }) => id === meetings['缺位丙'])!;
  // Locked where it is now: the older version has the meeting of the second firm there.
  await post(`meetings/${meetings['缺位甲']}/lock`, { locked: true });
  await organizer.client.put(`/events/${eventId}/absences`, {
    personId: firms[2]!.person.id,
    spans: [{ startsAt: third.place!.startsAt, endsAt: third.place!.endsAt }],
  });
  const seen = await preview(first);
  expect(seen.kept).toBe(1);
  expect(seen.dropped.map(({ name, reason }) => [name, reason]).sort()).toEqual([
    ['缺位丙 – 缺位所', 'away'],
    ['缺位乙 – 缺位所', 'taken'],
  ]);
  expect(seen.changes).toMatchObject({ moved: 0, removed: 2, unchanged: 1 });
  expect((await post(`timetables/${first}/restore`)).status).toBe(201);
  const after = await places(eventId);
  expect([after['缺位乙'], after['缺位丙']]).toEqual([null, null]);
  expect((await versions(eventId))[0]).toEqual([3, 'draft', 1, 2]);

  await platform.dataSource.query('UPDATE event SET slots_start_at = $2 WHERE id = $1', [eventId, slotAt(3)]);
  await post(`meetings/${meetings['缺位甲']}/lock`, { locked: false });
  expect((await preview(second)).dropped.map(({ reason }) => reason)).toEqual(['slot', 'slot', 'slot']);
  expect(tables).toHaveLength(2);
});

test('drafts and versions of a running computation are not restored, nor by participants', async () => {
  const { eventId, firms, first } = await makeScene('不可');
  const draft = await computeTimetable(organizer, eventId);
  expect((await post(`timetables/${draft}/restore`)).body).toMatchObject({
    code: 'timetable.not-restorable',
  });
  expect((await preview(first)).replaces).toBe(3);
  await platform.dataSource.query(
    "INSERT INTO timetable (event_id, version_no, status) VALUES ($1, 9, 'computing')",
    [eventId],
  );
  expect((await post(`timetables/${first}/restore`)).body).toMatchObject({ code: 'timetable.running' });
  const { client } = firms[0]!.person;
  expect((await client.get(`/organizer/timetables/${first}/restore`)).status).toBe(403);
  expect((await client.post(`/organizer/timetables/${first}/restore`)).status).toBe(403);
});
