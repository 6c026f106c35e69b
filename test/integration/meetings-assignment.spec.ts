import {
  DEFAULT_ASSIGNMENT,
  type AssignmentPairs,
  type AssignmentSettings,
  type AssignmentView,
} from '#libs/contracts/meetings/assignments.js';
import type { MyRequests } from '#libs/contracts/meetings/requests.js';
import { claimAssignment, waitingAssignments } from '#libs/persistence/meetings/assignment-rows.js';
import { countQueries } from '../support/count-queries.js';
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
import { waitFor } from '../support/wait-for.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

const sql = (text: string, values: unknown[]) => platform.dataSource.query(text, values);
const view = async (eventId: string) =>
  (await organizer.client.get<AssignmentView>(`/organizer/events/${eventId}/assignment`)).body;
const pairsOf = async (id: string, query = '') =>
  (await organizer.client.get<AssignmentPairs>(`/organizer/assignments/${id}/pairs${query}`)).body;
const accept = (id: string, pairIds: string[] | null = null) =>
  organizer.client.post(`/organizer/assignments/${id}/accept`, { pairIds });

async function propose(eventId: string, change: Partial<AssignmentSettings> = {}): Promise<string> {
  const { status, body } = await organizer.client.post<{ id: string }>(
    `/organizer/events/${eventId}/assignments`,
    { ...DEFAULT_ASSIGNMENT, ...change },
  );
  if (status !== 201) throw new Error(JSON.stringify(body));
  await waitFor(async () => {
    const { latest } = await view(eventId);
    if (latest?.status === 'failed') throw new Error(latest.error ?? '');
    return latest?.id === body.id && latest.status === 'ready';
  }, 'a proposal');
  return body.id;
}

/** Sides by name, all registered. */
async function makeSides(eventId: string, firms: string[], labs: string[]): Promise<Record<string, Side>> {
  const sides: Record<string, Side> = {};
  for (const [kind, names] of [
    ['enterprise', firms],
    ['institute', labs],
  ] as const)
    for (const name of names) {
      sides[name] = await makeSide(platform, kind, name);
      await registerSide(platform, eventId, sides[name]);
    }
  return sides;
}

const short = ({ rows }: AssignmentPairs) =>
  rows.map(
    ({ enterprise, institute, reason }) => `${enterprise.organisation}-${institute.organisation} ${reason}`,
  );

test('the floor goes before the score, and what is left out says who took its place', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 4, tables: 4 });
  const sides = await makeSides(id, ['甲企', '乙企'], ['子所', '丑所']);
  const [a, b, one, two] = [sides.甲企!, sides.乙企!, sides.子所!, sides.丑所!];
  await makeInterest(platform, a, one, { score: 0.9 });
  await makeInterest(platform, a, two, { score: 0.2, mutual: false });
  await makeInterest(platform, b, one, { score: 0.3, mutual: false });
  const proposal = await propose(id, { maxMeetings: 1, floor: 1 });
  const page = await pairsOf(proposal);
  expect(page.rows).toMatchObject([
    { enterprise: { organisation: '乙企' }, interest: 'left', reason: 'chosen', score: 0.3, worth: 801 },
    {
      enterprise: { organisation: '甲企' },
      institute: { organisation: '丑所' },
      reason: 'chosen',
      worth: 701,
    },
    {
      reason: 'left-full',
      interest: 'both',
      full: a.person.name,
      worth: 2401,
      insteadOf: [{ enterprise: '甲企', institute: '丑所', worth: 701 }],
      need: '甲企的需求',
      capability: '子所的成果',
    },
  ]);
  const { latest, meetings, people } = await view(id);
  expect([meetings, people]).toEqual([0, 4]);
  expect(latest).toMatchObject({ open: 2, accepted: null, short: [], settings: { maxMeetings: 1 } });
  expect(latest!.figures).toMatchObject({
    proof: 'optimal',
    pairs: 3,
    chosen: 2,
    missedPins: 0,
    shortfall: 0,
    capacity: 16,
  });
  // Without a floor the mutual interest wins; the settings are kept.
  expect(short(await pairsOf(await propose(id, { maxMeetings: 1, floor: 0 }), '?shown=proposed'))).toEqual([
    '甲企-子所 chosen',
  ]);
  expect((await view(id)).settings).toEqual({ ...DEFAULT_ASSIGNMENT, maxMeetings: 1, floor: 0 });
});

test('what must not be is never proposed and says why; a request at the event counts as interest', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 4, tables: 4 });
  const sides = await makeSides(id, ['争议企', '竞争企', '谢绝企', '隐藏企', '问询企'], ['中心所']);
  const lab = sides.中心所!;
  const matches: Record<string, string> = {};
  for (const name of ['争议企', '竞争企', '谢绝企', '隐藏企'])
    matches[name] = await makeInterest(platform, sides[name]!, lab, { score: 0.5, mutual: false });
  for (const [name, kind] of [
    ['争议企', 'dispute'],
    ['竞争企', 'competitor'],
  ] as const)
    await sql(
      'INSERT INTO match_block (organisation_id, blocked_organisation_id, kind) VALUES ($1, $2, $3)',
      [lab.organisationId, sides[name]!.organisationId, kind],
    );
  await sql("UPDATE match SET capability_answer = 'declined' WHERE id = $1", [matches.谢绝企]);
  await sql("UPDATE match SET override = 'hidden', override_at = now() WHERE id = $1", [matches.隐藏企]);
  const asked = await lab.person.client.post(`/events/${id}/meeting-requests`, {
    organisationId: sides.问询企!.organisationId,
    startsAt: null,
  });
  expect(asked.status).toBe(201);
  const proposal = await propose(id);
  const { rows } = await pairsOf(proposal);
  const codes = Object.fromEntries(rows.map((row) => [row.enterprise.organisation, [row.reason, row.code]]));
  expect(codes).toEqual({
    争议企: ['blocked', 'dispute'],
    竞争企: ['blocked', 'competitor'],
    谢绝企: ['no-thanks', 'declined-by-institute'],
    隐藏企: ['no-thanks', 'hidden'],
    问询企: ['chosen', null],
  });
  expect(rows[0]).toMatchObject({ asked: true, interest: 'right', score: 0, need: null, worth: 501 });
  expect((await pairsOf(proposal, '?shown=barred')).total).toBe(4);
  // Whoever has nobody to meet falls short of the floor.
  const { latest } = await view(id);
  expect(latest!.short.map((row) => [row.organisation, row.meetings, row.candidates])).toEqual(
    ['争议企', '竞争企', '谢绝企', '隐藏企'].map((name) => [name, 0, 0]),
  );
  expect(latest!.figures!.shortfall).toBe(4);
  // Not even when asked for by name.
  const barred = rows.filter((row) => row.reason !== 'chosen').map((row) => row.id);
  expect((await accept(proposal, barred)).body).toEqual({ created: 0, existing: 0, skipped: 4 });
});

test('accepting writes meetings once, undoing removes those nobody was told of', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 4, tables: 4 });
  const sides = await makeSides(id, ['采纳甲', '采纳乙', '采纳丙'], ['采纳所']);
  const lab = sides.采纳所!;
  for (const name of ['采纳甲', '采纳乙', '采纳丙']) await makeInterest(platform, sides[name]!, lab);
  const proposal = await propose(id);
  const { rows } = await pairsOf(proposal, '?shown=proposed');
  expect(rows).toHaveLength(3);
  expect((await readBoard(organizer, id)).meetings).toEqual([]);

  const first = rows.find((row) => row.enterprise.organisation === '采纳甲')!;
  expect((await accept(proposal, [first.id])).body).toEqual({ created: 1, existing: 0, skipped: 0 });
  const timetable = await computeTimetable(organizer, id);
  await organizer.client.post(`/organizer/timetables/${timetable}/publish`);
  // Somebody who left in the meantime gets no meeting.
  await sql(
    "UPDATE registration SET status = 'cancelled', seats_held = 0 WHERE event_id = $1 AND person_id = $2",
    [id, sides.采纳丙!.person.id],
  );
  expect((await accept(proposal)).body).toEqual({ created: 1, existing: 1, skipped: 1 });
  expect((await accept(proposal)).body).toEqual({ created: 0, existing: 2, skipped: 1 });
  const board = await readBoard(organizer, id);
  expect(board.meetings.map((meeting) => [meeting.enterprise.name, meeting.status])).toEqual([
    ['采纳乙', 'requested'],
    ['采纳甲', 'scheduled'],
  ]);
  expect((await view(id)).latest!.accepted).toMatchObject({ meetings: 1, removable: 1 });
  const undo = () => organizer.client.post(`/organizer/assignments/${proposal}/undo`);
  expect((await undo()).body).toEqual({ removed: 1, kept: 0 });
  expect((await undo()).body).toMatchObject({ code: 'assignment.nothing-to-undo' });
  expect((await readBoard(organizer, id)).meetings.map((meeting) => meeting.enterprise.name)).toEqual([
    '采纳甲',
  ]);
  // The meeting that is there takes one of the lab's places and is not proposed again.
  const again = await propose(id, { maxMeetings: 1 });
  expect(short(await pairsOf(again))).toEqual(['采纳乙-采纳所 right-full']);
  expect((await accept(proposal)).body).toMatchObject({ code: 'assignment.outdated' });
});

test('pins and limits of one person are kept, and the same rows give the same proposal', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 6, tables: 2 });
  const sides = await makeSides(id, ['钉甲', '钉乙', '钉丙'], ['钉所', '钉院']);
  for (const name of ['钉甲', '钉乙', '钉丙'])
    for (const lab of ['钉所', '钉院']) {
      const match = await makeInterest(platform, sides[name]!, sides[lab]!, {
        score: 0.5,
        mutual: name !== '钉丙',
      });
      if (name === '钉丙' && lab === '钉所')
        await sql("UPDATE match SET override = 'pinned', override_at = now() WHERE id = $1", [match]);
    }
  await sql('INSERT INTO meeting_limit (event_id, person_id, max_meetings) VALUES ($1, $2, 1)', [
    id,
    sides.钉所!.person.id,
  ]);
  const list = async () => short(await pairsOf(await propose(id, { floor: 0 }), '?pageSize=50'));
  const lines = await list();
  expect(lines.filter((line) => line.includes('-钉所')).sort()).toEqual([
    '钉丙-钉所 chosen',
    '钉乙-钉所 right-full',
    '钉甲-钉所 right-full',
  ]);
  expect(await list()).toEqual(lines);
  const proposal = await propose(id, { floor: 0 });
  expect((await pairsOf(proposal, '?q=钉丙')).total).toBe(2);
  expect(await pairsOf(proposal, '?page=2&pageSize=4')).toMatchObject({ total: 6, page: 2, rows: [{}, {}] });
  const queries = () => countQueries(platform, () => pairsOf(proposal, '?pageSize=50'));
  expect(await queries()).toBeLessThanOrEqual(6);
});

test('limits of organisations and kinds are kept beside the meetings there are, and whoever is left out is told', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 6, tables: 4 });
  const sides = await makeSides(id, ['限甲', '限乙', '限丙'], ['限所']);
  const lab = sides.限所!;
  const colleague = { ...lab, person: await makePerson(platform, { name: '限所同事' }) };
  await registerSide(platform, id, colleague);
  await makeInterest(platform, sides.限甲!, lab, { score: 0.9 });
  await makeInterest(platform, sides.限乙!, colleague, { score: 0.8 });
  await makeInterest(platform, sides.限丙!, lab, { score: 0.7 });
  const limit = (row: object) =>
    organizer.client.put(`/organizer/events/${id}/meeting-limits`, { limits: [row] });
  const list = async () => (await pairsOf(await propose(id, { floor: 0 }))).rows;

  expect((await limit({ organisationId: lab.organisationId, max: 2 })).status).toBe(200);
  const rows = await list();
  expect(rows).toMatchObject([
    { enterprise: { organisation: '限甲' }, reason: 'chosen', full: null, fullOf: null },
    { enterprise: { organisation: '限乙' }, institute: { person: '限所同事' }, reason: 'chosen' },
    {
      enterprise: { organisation: '限丙' },
      reason: 'group-full',
      full: '限所',
      fullOf: 'organisation',
      insteadOf: [{ enterprise: '限乙' }, { enterprise: '限甲' }],
    },
  ]);
  expect((await view(id)).latest!.figures!.proof).toBe('optimal');
  await accept((await view(id)).latest!.id, [rows[0]!.id]);
  expect(await list()).toMatchObject([
    { enterprise: { organisation: '限乙' }, reason: 'chosen' },
    { enterprise: { organisation: '限丙' }, reason: 'group-full', insteadOf: [{ enterprise: '限乙' }] },
  ]);
  expect((await limit({ organisationKind: 'enterprise', max: 1 })).status).toBe(200);
  const none = { reason: 'group-full', full: 'enterprise', fullOf: 'kind', insteadOf: [] };
  expect(await list()).toMatchObject([none, none]);
});

test('who falls short of a minimum is named with numbers: people, organisations and kinds', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 6, tables: 4 });
  const sides = await makeSides(id, ['缺甲', '缺乙', '缺丙'], ['缺所']);
  const lab = sides.缺所!;
  await makeInterest(platform, sides.缺甲!, lab, { score: 0.9 });
  await makeInterest(platform, sides.缺乙!, lab, { score: 0.8 });
  await accept(await propose(id, { floor: 0, maxMeetings: 1 }));
  const limits = [
    { organisationId: lab.organisationId, min: 4 },
    { organisationId: sides.缺甲!.organisationId, min: 1 },
    { organisationId: sides.缺丙!.organisationId, min: 1 },
    { organisationKind: 'enterprise', min: 3 },
    { personId: sides.缺乙!.person.id, min: 3 },
  ];
  const put = await organizer.client.put(`/organizer/events/${id}/meeting-limits`, { limits });
  expect(put.status).toBe(200);
  await propose(id, { floor: 0, maxMeetings: null });
  const { latest } = await view(id);
  // One meeting there is, the other is proposed; it counts once for the enterprises.
  const row = { organisationKind: null, candidates: 1 };
  const labRow = { ...row, organisationId: lab.organisationId, name: '缺所', least: 4, meetings: 2 };
  const kindRow = { organisationId: null, organisationKind: 'enterprise', name: null, least: 3, meetings: 2 };
  const idle = {
    ...row,
    organisationId: sides.缺丙!.organisationId,
    name: '缺丙',
    least: 1,
    meetings: 0,
    candidates: 0,
  };
  expect(latest!.shortGroups.slice(0, 1)).toEqual([labRow]);
  expect(new Set(latest!.shortGroups.slice(1))).toEqual(new Set([{ ...kindRow, candidates: 1 }, idle]));
  expect(latest!.short.map(({ person, least, meetings }) => [person, least, meetings])).toEqual([
    [sides.缺乙!.person.name, 3, 1],
  ]);
});

test('somebody on both sides has one limit for both', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 6, tables: 4 });
  const sides = await makeSides(id, ['上游企', '中游企', '下游企'], []);
  await makeInterest(platform, sides.下游企!, sides.中游企!, { score: 0.9 });
  await makeInterest(platform, sides.中游企!, sides.上游企!, { score: 0.4 });
  const proposal = await propose(id, { maxMeetings: 1, floor: 0 });
  expect((await pairsOf(proposal)).rows).toMatchObject([
    { enterprise: { organisation: '下游企' }, reason: 'chosen' },
    { enterprise: { organisation: '中游企' }, reason: 'group-full', full: sides.中游企!.person.name },
  ]);
});

test('a proposal whose worker died is computed again; nobody else may ask', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const sides = await makeSides(id, ['中断企'], ['中断所']);
  await makeInterest(platform, sides.中断企!, sides.中断所!);
  const runner = platform.dataSource.createQueryRunner();
  await runner.startTransaction();
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    "INSERT INTO assignment (event_id, status, settings) VALUES ($1, 'computing', $2) RETURNING id",
    [id, JSON.stringify(DEFAULT_ASSIGNMENT)],
  );
  expect(await claimAssignment(runner.manager, row!.id)).toBe(true);
  expect(await waitingAssignments(platform.dataSource.manager)).toEqual([]);
  const asked = await organizer.client.post(`/organizer/events/${id}/assignments`, DEFAULT_ASSIGNMENT);
  expect(asked.body).toEqual({ id: row!.id });
  expect((await accept(row!.id)).body).toMatchObject({ code: 'assignment.not-ready' });
  await runner.rollbackTransaction();
  await runner.release();
  await waitFor(async () => (await view(id)).latest?.status === 'ready', 'the proposal');
  const { client } = sides.中断企!.person;
  const statuses = await Promise.all([
    client.get(`/organizer/events/${id}/assignment`),
    client.post(`/organizer/events/${id}/assignments`, DEFAULT_ASSIGNMENT),
    client.get(`/organizer/assignments/${row!.id}/pairs`),
    client.post(`/organizer/assignments/${row!.id}/accept`, { pairIds: null }),
    client.post(`/organizer/assignments/${row!.id}/undo`),
  ]);
  expect(statuses.map((answer) => answer.status)).toEqual([403, 403, 403, 403, 403]);
});

describe('requests that are open when a proposal is accepted', () => {
  const requestsOf = async (side: Side, eventId: string) =>
    (await side.person.client.get<MyRequests>(`/events/${eventId}/meeting-requests`)).body.requests;
  const act = (side: Side, id: string, action: string) =>
    side.person.client.post(`/meeting-requests/${id}/${action}`, {});
  const told = (eventId: string) =>
    sql(
      `SELECT payload->>'state' AS state, person_id AS "personId" FROM notification
       WHERE topic = 'meeting-request' AND channel = 'mail' AND event_id = $1 ORDER BY created_at, person_id`,
      [eventId],
    );

  async function makeAsked(mark: string) {
    const { id } = await makeMeetingEvent(platform, { slots: 4, tables: 4 });
    const sides = await makeSides(id, [`${mark}企`], [`${mark}所`]);
    const [firm, lab] = [sides[`${mark}企`]!, sides[`${mark}所`]!];
    const asked = await lab.person.client.post<{ id: string }>(`/events/${id}/meeting-requests`, {
      organisationId: firm.organisationId,
      startsAt: slotAt(1),
    });
    return { eventId: id, firm, lab, request: asked.body.id, proposal: await propose(id) };
  }

  test('are answered by its meetings, and both sides read one message of it', async () => {
    const { eventId, firm, lab, request, proposal } = await makeAsked('应邀');
    expect((await accept(proposal)).body).toEqual({ created: 1, existing: 0, skipped: 0 });
    const [meeting] = (await readBoard(organizer, eventId)).meetings;
    for (const side of [firm, lab])
      expect(await requestsOf(side, eventId)).toMatchObject([
        { id: request, status: 'accepted', myTurn: false, meetingId: meeting!.id, startsAt: null },
      ]);
    expect((await act(firm, request, 'accept')).body).toMatchObject({ code: 'request.not-your-turn' });
    expect((await act(lab, request, 'withdraw')).body).toMatchObject({ code: 'request.not-your-turn' });
    const timetable = await computeTimetable(organizer, eventId);
    await organizer.client.post(`/organizer/timetables/${timetable}/publish`);
    expect(await told(eventId)).toEqual([{ state: 'asked', personId: firm.person.id }]);
    expect((await meetingMails(platform, eventId)).map(([topic, name]) => `${topic} ${name}`).sort()).toEqual(
      [firm, lab].map((side) => `invitation-request ${side.person.name}`).sort(),
    );
    const [placed] = (await readBoard(organizer, eventId)).meetings;
    expect(await requestsOf(lab, eventId)).toMatchObject([{ startsAt: placed!.published!.startsAt }]);
  });

  test('wait for their answer again when the acceptance is taken back or the meeting removed', async () => {
    const { eventId, firm, lab, request, proposal } = await makeAsked('撤回');
    const open = { id: request, status: 'open', myTurn: true, meetingId: null, startsAt: slotAt(1) };
    await accept(proposal);
    await organizer.client.post(`/organizer/assignments/${proposal}/undo`);
    expect(await requestsOf(firm, eventId)).toMatchObject([open]);
    await accept(proposal);
    const [meeting] = (await readBoard(organizer, eventId)).meetings;
    expect((await organizer.client.delete(`/organizer/meetings/${meeting!.id}`)).status).toBe(200);
    expect(await requestsOf(firm, eventId)).toMatchObject([open]);
    expect((await act(firm, request, 'accept')).status).toBe(200);
    expect(await requestsOf(lab, eventId)).toMatchObject([{ status: 'accepted', startsAt: slotAt(1) }]);
  });

  test('expire when their time is over by then, and both sides are told once', async () => {
    const { eventId, firm, lab, request, proposal } = await makeAsked('过期');
    await accept(proposal);
    await sql("UPDATE meeting_request SET answer_by = now() - interval '1 minute' WHERE id = $1", [request]);
    await organizer.client.post(`/organizer/assignments/${proposal}/undo`);
    expect(await requestsOf(firm, eventId)).toMatchObject([{ status: 'expired', myTurn: false }]);
    await waitFor(async () => (await told(eventId)).length === 3, 'the sweep to tell both of the expiry');
    const expired = [firm, lab].map(({ person }) => `expired ${person.id}`);
    const lines = (await told(eventId)).map(
      (row: Record<string, string>) => `${row['state']} ${row['personId']}`,
    );
    expect(lines.sort()).toEqual([`asked ${firm.person.id}`, ...expired].sort());
  });
});
