import type { LateChangePreview, LateChangeReport } from '#libs/contracts/meetings/late-changes.js';
import type { TimetableVersions } from '#libs/contracts/meetings/timetables.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
  makeMeetingEvent,
  makeSide,
  meetingMails,
  readBoard,
  registerSide,
  slotAt,
  type Side,
} from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

let platform: TestPlatform;
let organizer: TestPerson;
let counter = 0;

beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

interface Scene {
  readonly eventId: string;
  readonly firms: Side[];
  readonly labs: Side[];
  /** Firm f meets lab l: meetings[f][l]. */
  readonly meetings: string[][];
}

/** A published timetable in which every firm meets every lab. */
async function publishedScene(options: {
  slots: number;
  tables: number;
  firms: number;
  labs: number;
}): Promise<Scene> {
  counter += 1;
  const { id: eventId } = await makeMeetingEvent(platform, { ...options, title: `临时变动会${counter}` });
  const side = async (kind: 'enterprise' | 'institute', name: string) => {
    const made = await makeSide(platform, kind, `${name}${counter}`);
    await registerSide(platform, eventId, made);
    return made;
  };
  const [firms, labs]: [Side[], Side[]] = [[], []];
  for (let n = 0; n < options.firms; n++) firms.push(await side('enterprise', `变动公司${n}-`));
  for (let n = 0; n < options.labs; n++) labs.push(await side('institute', `变动院所${n}-`));
  const meetings: string[][] = [];
  for (const firm of firms) {
    const row: string[] = [];
    for (const lab of labs) row.push(await add(eventId, firm, lab));
    meetings.push(row);
  }
  const timetableId = await computeTimetable(organizer, eventId);
  const answer = await organizer.client.post(`/organizer/timetables/${timetableId}/publish`);
  expect(answer.status).toBe(200);
  return { eventId, firms, labs, meetings };
}

async function add(eventId: string, firm: Side, lab: Side): Promise<string> {
  const { status, body } = await organizer.client.post<{ id: string }>(
    `/organizer/events/${eventId}/meetings`,
    {
      enterprisePersonId: firm.person.id,
      institutePersonId: lab.person.id,
    },
  );
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}

const readPreview = async (id: string) =>
  (await organizer.client.get<LateChangePreview>(`/organizer/late-changes/${id}`)).body;

async function ask(eventId: string, change: Record<string, unknown>): Promise<LateChangePreview> {
  const { status, body } = await organizer.client.post<{ id: string }>(
    `/organizer/events/${eventId}/late-changes`,
    change,
  );
  if (status !== 201) throw new Error(JSON.stringify(body));
  await waitFor(async () => (await readPreview(body.id)).status !== 'computing', 'the cost of a late change');
  return readPreview(body.id);
}

const apply = (id: string) => organizer.client.post<LateChangeReport>(`/organizer/late-changes/${id}/apply`);
const placesOf = async (eventId: string) =>
  new Map(
    (await readBoard(organizer, eventId, 'published')).meetings.map(({ id, published }) => [id, published]),
  );
const messageCounts = (preview: LateChangePreview) =>
  Object.fromEntries(
    preview.messages.map(({ person, invitations, updates, cancellations }) => [
      person,
      [invitations, updates, cancellations],
    ]),
  );

test('a cancelled meeting moves nobody; its two are told once it is accepted, and not before', async () => {
  const scene = await publishedScene({ slots: 4, tables: 2, firms: 2, labs: 2 });
  const before = await placesOf(scene.eventId);
  const mails = (await meetingMails(platform, scene.eventId)).length;
  const id = scene.meetings[0]![0]!;
  const preview = await ask(scene.eventId, { kind: 'cancel-meeting', meetingId: id, reason: '临时有事' });
  expect(preview).toMatchObject({
    status: 'ready',
    kind: 'cancel',
    proof: 'optimal',
    moved: 0,
    cancelled: 1,
    lost: 0,
    added: 0,
    unchanged: 3,
  });
  const [firm, lab] = [scene.firms[0]!.person.name, scene.labs[0]!.person.name];
  expect(messageCounts(preview)).toEqual({ [firm]: [0, 0, 1], [lab]: [0, 0, 1] });

  // Looking at it changed nothing.
  expect(await placesOf(scene.eventId)).toEqual(before);
  expect(await meetingMails(platform, scene.eventId)).toHaveLength(mails);

  const applied = await apply(preview.id);
  expect(applied.body).toEqual({ moved: 0, cancelled: 1, lost: 0, added: 0, messages: 2 });
  const after = await placesOf(scene.eventId);
  before.delete(id);
  expect(after).toEqual(before);
  const sent = (await meetingMails(platform, scene.eventId))
    .slice(mails)
    .map(([topic, name]) => [topic, name]);
  expect(sent.sort()).toEqual(
    [
      ['invitation-cancel', firm],
      ['invitation-cancel', lab],
    ].sort(),
  );
  expect((await apply(preview.id)).body).toMatchObject({ status: 409, code: 'late-change.outdated' });
});

test('who comes later: only what has to moves, and exactly those are told who the preview said', async () => {
  const scene = await publishedScene({ slots: 6, tables: 2, firms: 2, labs: 2 });
  const before = await placesOf(scene.eventId);
  const late = scene.firms[0]!;
  const own = scene.meetings[0]!.map((id) => before.get(id)!.startsAt).sort();
  // Away for the first meeting of the day.
  const until = new Date(Date.parse(own[0]!) + 20 * 60_000).toISOString();
  const preview = await ask(scene.eventId, {
    kind: 'away',
    personId: late.person.id,
    startsAt: slotAt(0),
    endsAt: until,
  });
  expect(preview).toMatchObject({
    status: 'ready',
    kind: 'away',
    proof: 'optimal',
    moved: 1,
    lost: 0,
    added: 0,
  });
  const mails = (await meetingMails(platform, scene.eventId)).length;
  const applied = await apply(preview.id);
  expect(applied.status).toBe(200);
  const sent = (await meetingMails(platform, scene.eventId)).slice(mails);
  const told = new Map<string, number>();
  for (const [topic, name] of sent) {
    expect(topic).toBe('invitation-update');
    told.set(name, (told.get(name) ?? 0) + 1);
  }
  expect(Object.fromEntries([...told].map(([name, count]) => [name, [0, count, 0]]))).toEqual(
    messageCounts(preview),
  );
  const after = await placesOf(scene.eventId);
  const moved = [...before].filter(([id, place]) => after.get(id)?.startsAt !== place?.startsAt);
  expect(moved).toHaveLength(1);
  expect(Date.parse(after.get(moved[0]![0])!.startsAt)).toBeGreaterThanOrEqual(Date.parse(until));
  const absences = await late.person.client.get<{ spans: unknown[] }>(`/events/${scene.eventId}/absences`);
  expect(absences.body.spans).toEqual([{ startsAt: slotAt(0), endsAt: until }]);
});

test('somebody who does not come at all: all their meetings, nobody else’s', async () => {
  const scene = await publishedScene({ slots: 4, tables: 2, firms: 2, labs: 2 });
  const preview = await ask(scene.eventId, {
    kind: 'cancel-person',
    personId: scene.labs[1]!.person.id,
    reason: '航班取消',
  });
  expect(preview).toMatchObject({ moved: 0, cancelled: 2, lost: 0, unchanged: 2 });
  expect(messageCounts(preview)[scene.labs[1]!.person.name]).toEqual([0, 0, 2]);
  await apply(preview.id);
  const statuses = await platform.dataSource.query<{ status: string; reason: string | null }[]>(
    'SELECT status, cancel_reason AS reason FROM meeting WHERE event_id = $1 AND institute_person_id = $2',
    [scene.eventId, scene.labs[1]!.person.id],
  );
  expect(statuses).toEqual([
    { status: 'cancelled', reason: '航班取消' },
    { status: 'cancelled', reason: '航班取消' },
  ]);
});

test('a late meeting finds a place beside the others; what changed since makes the preview outdated', async () => {
  const scene = await publishedScene({ slots: 4, tables: 2, firms: 1, labs: 2 });
  const guest = await makeSide(platform, 'institute', `迟到院所${counter}`);
  await registerSide(platform, scene.eventId, guest);
  const id = await add(scene.eventId, scene.firms[0]!, guest);
  const stale = await ask(scene.eventId, { kind: 'add', meetingIds: [id] });
  expect(stale).toMatchObject({ status: 'ready', moved: 0, added: 1, unchanged: 2 });
  await organizer.client.put(`/events/${scene.eventId}/absences`, {
    personId: guest.person.id,
    spans: [{ startsAt: slotAt(0), endsAt: slotAt(1) }],
  });
  expect(await readPreview(stale.id)).toMatchObject({ status: 'outdated', messages: [] });
  expect((await apply(stale.id)).body).toMatchObject({ status: 409, code: 'late-change.outdated' });

  const preview = await ask(scene.eventId, { kind: 'add', meetingIds: [id] });
  expect((await organizer.client.get(`/organizer/late-changes/${stale.id}`)).status).toBe(404);
  expect((await apply(preview.id)).body).toMatchObject({ moved: 0, added: 1, messages: 2 });
  const board = await readBoard(organizer, scene.eventId, 'published');
  expect(board.meetings.find((meeting) => meeting.id === id)?.status).toBe('scheduled');
});

test('previews are no drafts: the board and the versions do not show them, and they can be given up', async () => {
  const scene = await publishedScene({ slots: 3, tables: 1, firms: 1, labs: 2 });
  const preview = await ask(scene.eventId, {
    kind: 'cancel-meeting',
    meetingId: scene.meetings[0]![0]!,
    reason: '预览',
  });
  const board = await readBoard(organizer, scene.eventId);
  expect([board.draft, board.latest]).toEqual([null, null]);
  const { body } = await organizer.client.get<TimetableVersions>(
    `/organizer/events/${scene.eventId}/timetables`,
  );
  expect(body.rows.map((row) => row.status)).toEqual(['published']);
  expect((await organizer.client.delete(`/organizer/late-changes/${preview.id}`)).status).toBe(200);
  expect((await organizer.client.get(`/organizer/late-changes/${preview.id}`)).status).toBe(404);
});

test('nothing published, nothing to change; other people’s previews are for organizers only', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const change = { kind: 'cancel-meeting', meetingId: id, reason: '无' };
  const early = await organizer.client.post(`/organizer/events/${id}/late-changes`, change);
  expect(early.body).toMatchObject({ status: 409, code: 'late-change.nothing-published' });
  const scene = await publishedScene({ slots: 2, tables: 1, firms: 1, labs: 1 });
  const unknown = await organizer.client.post(`/organizer/events/${scene.eventId}/late-changes`, change);
  expect(unknown.body).toMatchObject({ status: 409, code: 'late-change.no-meeting' });
});
