import type { MeetingPartners, MyRequests } from '#libs/contracts/meetings/requests.js';
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
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

interface Scene {
  eventId: string;
  firm: Side;
  lab: Side;
  other: Side;
}
async function makeScene(mark: string, tables = 2): Promise<Scene> {
  const { id } = await makeMeetingEvent(platform, { slots: 4, tables, title: `${mark}对接会` });
  const firm = await makeSide(platform, 'enterprise', `${mark}公司`);
  const lab = await makeSide(platform, 'institute', `${mark}研究所`);
  const other = await makeSide(platform, 'institute', `${mark}另一研究所`);
  for (const side of [firm, lab, other]) await registerSide(platform, id, side);
  return { eventId: id, firm, lab, other };
}

const mine = async (side: Side, eventId: string) =>
  (await side.person.client.get<MyRequests>(`/events/${eventId}/meeting-requests`)).body;
const ask = (from: Side, to: Side, eventId: string, startsAt: string | null, message?: string) =>
  from.person.client.post<{ id: string }>(`/events/${eventId}/meeting-requests`, {
    organisationId: to.organisationId,
    startsAt,
    message,
  });
const act = (side: Side, id: string, action: string, body: object = {}) =>
  side.person.client.post(`/meeting-requests/${id}/${action}`, body);
const told = async (side: Side) =>
  (
    await platform.dataSource.query<{ state: string }[]>(
      `SELECT payload->>'state' AS state FROM notification
       WHERE topic = 'meeting-request' AND channel = 'mail' AND person_id = $1 ORDER BY created_at, id`,
      [side.person.id],
    )
  ).map(({ state }) => state);

test('a request goes back and forth until a time suits, and is in both calendars at once', async () => {
  const { eventId, firm, lab } = await makeScene('往返');
  const partners = await lab.person.client.get(`/events/${eventId}/meeting-partners?q=往返公司`);
  expect(partners.body).toEqual({
    rows: [
      {
        organisationId: firm.organisationId,
        organisation: '往返公司',
        kind: 'enterprise',
        state: 'none',
        people: [{ personId: firm.person.id, name: firm.person.name, state: 'none' }],
      },
    ],
  });
  const asked = await ask(lab, firm, eventId, slotAt(0), '想了解需求细节');
  expect(asked.status).toBe(201);
  const { id } = asked.body;
  expect((await ask(firm, lab, eventId, null)).body).toMatchObject({ code: 'request.open-already' });
  expect((await mine(lab, eventId)).requests).toMatchObject([
    { id, mine: true, myTurn: false, status: 'open', organisation: '往返公司', person: firm.person.name },
  ]);
  expect((await mine(firm, eventId)).requests).toMatchObject([
    {
      id,
      mine: false,
      myTurn: true,
      message: '想了解需求细节',
      person: lab.person.name,
      startsAt: slotAt(0),
    },
  ]);

  expect((await act(lab, id, 'accept')).body).toMatchObject({ code: 'request.not-your-turn' });
  expect((await act(firm, id, 'withdraw')).body).toMatchObject({ code: 'request.not-your-turn' });
  expect((await act(firm, id, 'propose', { startsAt: slotAt(2) })).status).toBe(200);
  expect((await act(firm, id, 'accept')).body).toMatchObject({ code: 'request.not-your-turn' });
  expect((await act(lab, id, 'accept')).status).toBe(200);

  const [request] = (await mine(firm, eventId)).requests;
  expect(request).toMatchObject({ status: 'accepted', myTurn: false, startsAt: slotAt(2) });
  const [meeting] = (await readBoard(organizer, eventId)).meetings;
  expect(meeting).toMatchObject({
    id: request!.meetingId,
    status: 'scheduled',
    locked: true,
    enterprise: { personId: firm.person.id },
    institute: { personId: lab.person.id },
    published: { startsAt: slotAt(2) },
  });
  expect((await meetingMails(platform, eventId)).map(([topic, name]) => `${topic} ${name}`).sort()).toEqual(
    [firm, lab].map((side) => `invitation-request ${side.person.name}`).sort(),
  );
  expect(await told(firm)).toEqual(['asked', 'accepted']);
  expect(await told(lab)).toEqual(['proposed']);
  expect((await ask(lab, firm, eventId, null)).body).toMatchObject({ code: 'meeting.exists' });
});

test('an agreed time has to be free for both and to have a table; without a time the timetable sets one', async () => {
  const { eventId, firm, lab, other } = await makeScene('冲突', 1);
  const stranger = await makeSide(platform, 'institute', '冲突局外研究所');
  await registerSide(platform, eventId, stranger);
  const first = (await ask(firm, lab, eventId, slotAt(1))).body.id;
  const second = (await ask(firm, other, eventId, slotAt(1))).body.id;
  const third = (await ask(stranger, other, eventId, slotAt(1))).body.id;
  expect((await act(lab, first, 'accept')).status).toBe(200);
  expect((await act(other, second, 'accept')).body).toMatchObject({
    code: 'request.time-taken',
    params: { person: firm.person.name },
  });
  expect((await act(other, third, 'accept')).body).toMatchObject({ code: 'request.tables-taken' });
  expect((await mine(firm, eventId)).slots.map(({ free }) => free)).toEqual([true, false, true, true]);

  expect((await act(other, second, 'propose', { startsAt: null, message: '时间请安排' })).status).toBe(200);
  expect((await act(firm, second, 'accept')).status).toBe(200);
  const waiting = (await mine(firm, eventId)).requests.find(({ id }) => id === second)!;
  expect(waiting).toMatchObject({ status: 'accepted', startsAt: null });
  await computeTimetable(organizer, eventId);
  const places = (await readBoard(organizer, eventId)).meetings.map(({ id, place }) => [
    id === waiting.meetingId,
    place?.startsAt === slotAt(1),
  ]);
  // The agreed one is kept at its time, the other one gets another.
  expect(places.sort()).toEqual([
    [false, true],
    [true, false],
  ]);
});

test('two who accept the last table at once: one gets it, the other is told', async () => {
  const { eventId, firm, lab, other } = await makeScene('抢桌', 1);
  const second = await makeSide(platform, 'enterprise', '抢桌第二公司');
  await registerSide(platform, eventId, second);
  const one = (await ask(firm, lab, eventId, slotAt(0))).body.id;
  const two = (await ask(second, other, eventId, slotAt(0))).body.id;
  const answers = await Promise.all([act(lab, one, 'accept'), act(other, two, 'accept')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [{ count }] = await platform.dataSource.query(
    "SELECT count(*)::int AS count FROM meeting WHERE event_id = $1 AND status = 'scheduled'",
    [eventId],
  );
  expect(count).toBe(1);
});

test('declined, withdrawn and expired requests end, and both sides see why', async () => {
  const { eventId, firm, lab, other } = await makeScene('结束');
  const declined = (await ask(firm, lab, eventId, null)).body.id;
  expect((await act(lab, declined, 'decline', { reason: '暂不涉及该方向' })).status).toBe(200);
  expect((await mine(firm, eventId)).requests).toMatchObject([
    { id: declined, status: 'declined', reason: '暂不涉及该方向' },
  ]);
  const withdrawn = (await ask(firm, lab, eventId, null)).body.id;
  expect((await act(firm, withdrawn, 'withdraw')).status).toBe(200);
  expect((await act(lab, withdrawn, 'accept')).body).toMatchObject({ code: 'request.not-your-turn' });

  const late = (await ask(firm, other, eventId, null)).body.id;
  await platform.dataSource.query(
    "UPDATE meeting_request SET answer_by = now() - interval '1 minute' WHERE id = $1",
    [late],
  );
  expect((await mine(other, eventId)).requests).toMatchObject([
    { id: late, status: 'expired', myTurn: false },
  ]);
  await waitFor(async () => (await told(other)).includes('expired'), 'the sweep to tell of the expiry');
  expect(await told(other)).toEqual(['asked', 'expired']);
  expect((await told(firm)).filter((state) => state === 'expired')).toEqual(['expired']);
  expect((await ask(firm, other, eventId, null)).status).toBe(201);
});

test('only people registered for an organisation ask, and outsiders see nothing', async () => {
  const { eventId, firm, lab } = await makeScene('门禁');
  const outsider = await makeSide(platform, 'enterprise', '门禁局外公司');
  expect((await ask(outsider, lab, eventId, null)).body).toMatchObject({ code: 'request.not-registered' });
  expect((await ask(firm, outsider, eventId, null)).body).toMatchObject({ code: 'request.nobody-there' });
  expect((await ask(firm, firm, eventId, null)).body).toMatchObject({ code: 'request.nobody-there' });
  expect((await ask(firm, lab, eventId, '2031-01-01T00:00:00.000Z')).body).toMatchObject({
    code: 'request.slot-unknown',
  });
  const { id } = (await ask(firm, lab, eventId, null)).body;
  expect((await act(outsider, id, 'accept')).status).toBe(404);
  const partners = await outsider.person.client.get(`/events/${eventId}/meeting-partners`);
  expect(partners.body).toMatchObject({ code: 'request.not-registered' });
});

test('one may choose whom of the other organisation to meet, and ask a second one of it', async () => {
  const { eventId, firm, lab, other } = await makeScene('选人');
  const colleague = { ...lab, person: await makePerson(platform, { name: '选人同事' }) };
  await registerSide(platform, eventId, colleague);
  const partners = async (q: string) =>
    (
      await firm.person.client.get<MeetingPartners>(
        `/events/${eventId}/meeting-partners?q=${encodeURIComponent(q)}`,
      )
    ).body.rows.map(({ organisation, state, people }) => [
      organisation,
      state,
      people.map((person) => `${person.name} ${person.state}`),
    ]);
  const choose = (side: Side, personId: string) =>
    firm.person.client.post<{ id: string }>(`/events/${eventId}/meeting-requests`, {
      organisationId: side.organisationId,
      personId,
      startsAt: null,
    });
  expect(await partners('选人同事')).toEqual([
    ['选人研究所', 'none', [`${lab.person.name} none`, '选人同事 none']],
  ]);
  expect((await choose(lab, other.person.id)).body).toMatchObject({
    code: 'request.person-not-there',
    params: { organisation: '选人研究所' },
  });
  const { status, body } = await choose(lab, colleague.person.id);
  expect(status).toBe(201);
  expect([await told(colleague), await told(lab)]).toEqual([['asked'], []]);
  expect((await mine(firm, eventId)).requests).toMatchObject([{ id: body.id, person: '选人同事' }]);
  expect((await choose(lab, colleague.person.id)).body).toMatchObject({ code: 'request.open-already' });
  expect((await act(colleague, body.id, 'accept')).status).toBe(200);
  expect((await choose(lab, lab.person.id)).status).toBe(201);
  expect(await partners('选人研究所')).toEqual([
    ['选人研究所', 'meeting', [`${lab.person.name} asked`, '选人同事 meeting']],
  ]);
});

test('nobody accepts more meetings than they, their organisation or its kind may have, and both are told before', async () => {
  const { eventId, firm, lab, other } = await makeScene('上限');
  const limit = (limits: object[]) =>
    organizer.client.put(`/organizer/events/${eventId}/meeting-limits`, { limits });
  const fullOf = async (side: Side, id: string) =>
    (await mine(side, eventId)).requests.find((request) => request.id === id)!.full;
  const first = (await ask(firm, lab, eventId, slotAt(0))).body.id;
  const second = (await ask(other, firm, eventId, null)).body.id;
  expect((await limit([{ personId: firm.person.id, max: 1 }])).status).toBe(200);
  expect(await fullOf(lab, first)).toBeNull();
  expect((await act(lab, first, 'accept')).status).toBe(200);
  expect(await fullOf(firm, first)).toBeNull();

  const full = { name: firm.person.name, organisationKind: null, max: 1 };
  expect([await fullOf(firm, second), await fullOf(other, second)]).toEqual([full, full]);
  expect(await act(firm, second, 'accept')).toMatchObject({
    status: 409,
    body: { code: 'request.person-full', params: { person: firm.person.name, max: 1 } },
  });
  expect((await limit([{ organisationId: firm.organisationId, max: 1 }])).status).toBe(200);
  expect((await act(firm, second, 'accept')).body).toMatchObject({
    code: 'request.group-full',
    params: { group: '上限公司', groupEn: '上限公司', max: 1 },
  });
  expect((await limit([{ organisationKind: 'enterprise', max: 1 }])).status).toBe(200);
  expect(await fullOf(other, second)).toEqual({ name: '企业', organisationKind: 'enterprise', max: 1 });
  expect((await act(firm, second, 'accept')).body).toMatchObject({
    code: 'request.group-full',
    params: { group: '企业', groupEn: 'Enterprise', max: 1 },
  });
  // Nothing is lost: it is still open, nothing was written, and with room it is accepted.
  expect((await mine(firm, eventId)).requests.find(({ id }) => id === second)).toMatchObject({
    status: 'open',
    myTurn: true,
  });
  expect((await readBoard(organizer, eventId)).meetings).toHaveLength(1);
  expect((await limit([{ organisationKind: 'enterprise', max: 2 }])).status).toBe(200);
  expect((await act(firm, second, 'accept')).status).toBe(200);
});

test('of two requests accepted at once the last free meeting goes to one', async () => {
  const { eventId, firm, lab, other } = await makeScene('抢满');
  await organizer.client.put(`/organizer/events/${eventId}/meeting-limits`, {
    limits: [{ personId: firm.person.id, max: 1 }],
  });
  const one = (await ask(firm, lab, eventId, null)).body.id;
  const two = (await ask(firm, other, eventId, null)).body.id;
  const answers = await Promise.all([act(lab, one, 'accept'), act(other, two, 'accept')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await readBoard(organizer, eventId)).meetings).toHaveLength(1);
});
