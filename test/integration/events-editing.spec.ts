import { makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import {
  inTwoDays,
  makeEvent,
  patchEvent,
  putPart,
  readEvent,
  register,
  shifted,
  transition,
} from '../support/events.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

let programmes = 0;
async function makeProgramme(name = '海洋对接'): Promise<string> {
  programmes += 1;
  const body = { slug: `ocean-${programmes}`, name: `${name}${programmes}`, kind: 'matchmaking' };
  const answer = await organizer.client.post<{ id: string }>('/organizer/programmes', body);
  expect(answer.status).toBe(201);
  return answer.body.id;
}

const session = (title: string, from: number, to: number, room: string | null = null) => ({
  title,
  startsAt: inTwoDays(from),
  endsAt: inTwoDays(to),
  room,
});

test('programmes have their own names and are archived and restored', async () => {
  const id = await makeProgramme();
  const slug = `ocean-${programmes}`;
  const same = await organizer.client.post('/organizer/programmes', { slug, name: '别名', kind: 'forum' });
  expect([same.status, same.body['code']]).toEqual([409, 'programme.slug-taken']);
  const badKind = await organizer.client.post('/organizer/programmes', {
    slug: 'x',
    name: 'X',
    kind: 'nothing',
  });
  expect([badKind.status, badKind.body['problems']]).toEqual([
    400,
    [{ field: 'kind', message: '“nothing” is not a code of list event-kind' }],
  ]);
  await organizer.client.post(`/organizer/programmes/${id}/archive`);
  const refused = await organizer.client.post('/organizer/events', {
    kind: 'forum',
    title: '论坛',
    startsAt: inTwoDays(0),
    endsAt: inTwoDays(1),
    capacity: 5,
    programmeId: id,
  });
  expect([refused.status, refused.body['code']]).toEqual([409, 'programme.archived']);
  await organizer.client.post(`/organizer/programmes/${id}/restore`);
  await makeEvent(organizer, { programmeId: id, editionNo: 1 });
  const stranger = await makePerson(platform);
  expect((await stranger.client.post('/organizer/programmes', {})).status).toBe(403);
});

test('an edition number is used once in a programme, and the next one is named', async () => {
  const programmeId = await makeProgramme('形象大使');
  const name = `形象大使${programmes}`;
  await makeEvent(organizer, { programmeId, editionNo: 7 });
  const next = await organizer.client.get(`/organizer/programmes/${programmeId}/next-edition`);
  expect(next.body).toEqual({ editionNo: 8 });
  const other = await makeEvent(organizer, { programmeId, editionNo: 8 });
  const clash = await patchEvent(organizer, other, { editionNo: 7 });
  expect([clash.status, clash.body['code'], clash.body['params']]).toEqual([
    409,
    'event.edition-taken',
    { programme: name, edition: 7, next: 9 },
  ]);
  expect((await readEvent(organizer, other)).editionNo).toBe(8);
});

test('the second of two editors who saw the same version is told', async () => {
  const id = await makeEvent(organizer);
  const { updatedAt } = await readEvent(organizer, id);
  const save = (title: string) => organizer.client.patch(`/organizer/events/${id}`, { updatedAt, title });
  const answers = await Promise.all([save('甲'), save('乙')]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  expect(answers.find((answer) => answer.status === 409)?.body['code']).toBe('record.changed');
});

test('a clone has everything but people, moved to its new date', async () => {
  const programmeId = await makeProgramme();
  const question = { key: 'diet', kind: 'choice', zh: '用餐', en: 'Food', required: true };
  const options = ['a', 'b'].map((value) => ({ value, zh: value, en: value }));
  const source = await makeEvent(organizer, {
    programmeId,
    editionNo: 4,
    kind: 'matchmaking',
    titleEn: 'Forum',
    intro: '介绍',
    venue: { name: '会展中心', address: '滨海路1号' },
    onlineUrl: 'https://meet.example/1',
    tags: ['海洋'],
    registrationOpensAt: inTwoDays(-24),
    registrationClosesAt: inTwoDays(-1),
    approvalRequired: true,
    groupMax: 3,
    offerHours: 12,
    questions: [{ ...question, options }],
    slotMinutes: 20,
    slotsStartAt: inTwoDays(1),
    slotsEndAt: inTwoDays(3),
  });
  const speakers = [
    { name: '林一', title: '研究员', organisation: '海洋所' },
    { name: '林二', title: null, organisation: null },
  ];
  const sessions = [
    { ...session('开幕', 0, 1, '主会场'), abstract: '致辞', speakers },
    session('自由交流', 3, 4),
  ];
  expect((await putPart(organizer, source, 'agenda', { sessions })).status).toBe(200);
  const tables = [{ label: 'A1', room: '洽谈厅' }, { label: 'A2' }];
  expect((await putPart(organizer, source, 'tables', { tables })).status).toBe(200);
  await transition(organizer, source, 'publish');
  await register(platform, source, await makePerson(platform));

  const startsAt = inTwoDays(7 * 24);
  const copied = await organizer.client.post<{ id: string }>(`/organizer/events/${source}/copies`, {
    startsAt,
  });
  expect(copied.status).toBe(201);
  const before = await readEvent(organizer, source);
  const after = await readEvent(organizer, copied.body.id);
  const week = (iso: string | null) => shifted(iso!, 7 * 24);
  const plain = ({ agenda, tableList, ...rest }: typeof before) => ({
    ...rest,
    agenda: agenda.map(({ id, ...kept }) => ({ kept, hasId: id !== '' })),
    tables: tableList.map(({ label, room }) => [label, room]),
  });
  expect(plain(after)).toEqual({
    ...plain(before),
    id: copied.body.id,
    state: 'draft',
    door: 'not_open',
    editionNo: 5,
    seatsLeft: 40,
    seatsTaken: 0,
    clonedFromId: source,
    publishedAt: null,
    actions: ['publish', 'cancel'],
    updatedAt: after.updatedAt,
    startsAt,
    endsAt: week(before.endsAt),
    registrationOpensAt: week(before.registrationOpensAt),
    registrationClosesAt: week(before.registrationClosesAt),
    slotsStartAt: week(before.slotsStartAt),
    slotsEndAt: week(before.slotsEndAt),
    slots: { minutes: 20, startsAt: week(before.slotsStartAt), endsAt: week(before.slotsEndAt) },
    agenda: before.agenda.map(({ id, ...kept }) => ({
      kept: { ...kept, startsAt: week(kept.startsAt), endsAt: week(kept.endsAt) },
      hasId: id !== '',
    })),
  });
  expect(after.agenda[0]?.speakers).toEqual(speakers);
  const registered: unknown[] = await platform.dataSource.query(
    'SELECT id FROM registration WHERE event_id = $1',
    [copied.body.id],
  );
  expect(registered).toEqual([]);
});

test('a template keeps its agenda without keeping the room, and becomes an event', async () => {
  const source = await makeEvent(organizer, { venue: { name: '模板馆' } });
  await putPart(organizer, source, 'agenda', { sessions: [session('开幕', 0, 1, '一号厅')] });
  const saved = await organizer.client.post<{ id: string }>(`/organizer/events/${source}/copies`, {
    asTemplate: true,
    title: '论坛模板',
  });
  const template = await readEvent(organizer, saved.body.id);
  expect([template.isTemplate, template.title, template.agenda[0]?.room, template.actions]).toEqual([
    true,
    '论坛模板',
    '一号厅',
    [],
  ]);
  // "Forum" spoke of the original.
  expect(template.titleEn).toBeNull();
  expect((await transition(organizer, saved.body.id, 'publish')).body['code']).toBe(
    'event.template-has-no-state',
  );
  const clash = await organizer.client.post(`/organizer/events/${saved.body.id}/copies`, {
    startsAt: inTwoDays(0),
  });
  expect([clash.status, clash.body['code']]).toEqual([409, 'event.room-taken']);
  const dateless = await organizer.client.post(`/organizer/events/${saved.body.id}/copies`, {});
  expect([dateless.status, dateless.body['problems']]).toEqual([
    400,
    [{ field: 'startsAt', message: 'required' }],
  ]);
  const made = await organizer.client.post<{ id: string }>(`/organizer/events/${saved.body.id}/copies`, {
    startsAt: inTwoDays(2),
    title: '第六届论坛',
    titleEn: 'Forum 6',
  });
  expect((await readEvent(organizer, made.body.id)).titleEn).toBe('Forum 6');
  expect((await readEvent(organizer, made.body.id)).agenda.map((row) => [row.room, row.startsAt])).toEqual([
    ['一号厅', inTwoDays(2)],
  ]);
});

test('a room is given to one session at a time, and is free again after a cancellation', async () => {
  const venue = { name: '共用馆', address: null };
  const first = await makeEvent(organizer, { title: '先到', venue });
  const second = await makeEvent(organizer, { title: '后到', venue });
  const put = (id: string, ...sessions: unknown[]) => putPart(organizer, id, 'agenda', { sessions });
  const own = await put(first, session('甲', 0, 2, '厅'), session('乙', 1, 3, '厅'));
  expect([own.status, own.body['code']]).toEqual([409, 'event.room-taken']);
  expect((await put(first, session('甲', 0, 2, '厅'), session('乙', 2, 3, '厅'))).status).toBe(200);
  const clash = await put(second, session('丙', 1, 2, '厅'));
  expect([clash.status, clash.body['code'], (clash.body['params'] as { room: string }).room]).toEqual([
    409,
    'event.room-taken',
    '厅',
  ]);
  expect(String(clash.body['detail'])).toContain('先到 · 甲');
  expect((await put(second, session('丙', 1, 2, '另一厅'))).status).toBe(200);
  await transition(organizer, first, 'cancel', '改期');
  expect((await put(second, session('丙', 1, 2, '厅'))).status).toBe(200);
});

test('of two events that take a room at the same moment, one gets it', async () => {
  const venue = { name: '抢占馆', address: null };
  const ids = [await makeEvent(organizer, { venue }), await makeEvent(organizer, { venue })];
  const answers = await Promise.all(
    ids.map((id) => putPart(organizer, id, 'agenda', { sessions: [session('抢', 0, 1, '厅')] })),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
});

test('sessions stay within the event and can move with it', async () => {
  const id = await makeEvent(organizer, { venue: { name: '移动馆' } });
  const outside = await putPart(organizer, id, 'agenda', { sessions: [session('晚', 5, 7)] });
  expect([outside.status, outside.body['code'], outside.body['params']]).toEqual([
    400,
    'event.session-outside',
    { session: '晚' },
  ]);
  await putPart(organizer, id, 'agenda', {
    sessions: [session('甲', 0, 3, '厅'), session('乙', 3, 6, '厅')],
  });
  const alone = await patchEvent(organizer, id, { startsAt: inTwoDays(1), endsAt: inTwoDays(7) });
  expect(alone.body['code']).toBe('event.session-outside');
  expect((await patchEvent(organizer, id, { startsAt: inTwoDays(1), moveAlong: true })).status).toBe(200);
  const moved = await readEvent(organizer, id);
  expect([moved.endsAt, ...moved.agenda.map((row) => row.startsAt)]).toEqual([
    inTwoDays(7),
    inTwoDays(1),
    inTwoDays(4),
  ]);
});

test('the capacity never drops below the seats taken', async () => {
  const id = await makeEvent(organizer);
  await transition(organizer, id, 'publish');
  for (let seat = 0; seat < 3; seat++) await register(platform, id, await makePerson(platform));
  const refused = await patchEvent(organizer, id, { capacity: 2 });
  expect([refused.status, refused.body['code'], refused.body['params']]).toEqual([
    409,
    'event.capacity-below-seats',
    { taken: 3, capacity: 2 },
  ]);
  expect((await patchEvent(organizer, id, { capacity: 3 })).status).toBe(200);
  expect((await readEvent(organizer, id)).door).toBe('waiting_list');
});

test('tables are numbered, renamed, and kept while a timetable uses them', async () => {
  const id = await makeEvent(organizer);
  await putPart(organizer, id, 'tables', { count: 3 });
  const [one, two, three] = (await readEvent(organizer, id)).tableList;
  expect([one, two, three].map((table) => table?.label)).toEqual(['1', '2', '3']);
  const tables = [
    { id: one!.id, label: '2' },
    { id: two!.id, label: '1' },
  ];
  expect((await putPart(organizer, id, 'tables', { tables })).status).toBe(200);
  expect((await readEvent(organizer, id)).tableList.map(({ id: table, label }) => [table, label])).toEqual([
    [one!.id, '2'],
    [two!.id, '1'],
  ]);
  await platform.dataSource.query(
    `WITH o AS (INSERT INTO organisation (name, kind, region_code) VALUES ('甲', 'enterprise', '440115'), ('乙', 'institute', '440115') RETURNING id)
     INSERT INTO meeting (event_id, enterprise_id, institute_id, enterprise_person_id, institute_person_id, status, starts_at, ends_at, table_id)
     SELECT $1, min(id::text)::uuid, max(id::text)::uuid, $2, $3, 'scheduled', $4, $5, $6 FROM o`,
    [id, organizer.id, (await makePerson(platform)).id, inTwoDays(1), inTwoDays(2), two!.id],
  );
  const refused = await putPart(organizer, id, 'tables', { count: 1 });
  expect([refused.status, refused.body['code'], refused.body['params']]).toEqual([
    409,
    'event.table-in-use',
    { tables: '1' },
  ]);
  const narrowed = await patchEvent(organizer, id, {
    slotMinutes: 20,
    slotsStartAt: inTwoDays(2),
    slotsEndAt: inTwoDays(3),
  });
  expect([narrowed.body['code'], narrowed.body['params']]).toEqual(['event.meetings-outside', { count: 1 }]);
  await patchEvent(organizer, id, { startsAt: inTwoDays(24), moveAlong: true });
  expect(await platform.dataSource.query('SELECT starts_at FROM meeting WHERE event_id = $1', [id])).toEqual([
    { starts_at: new Date(inTwoDays(25)) },
  ]);
});

test('questions have unique keys and choices have options', async () => {
  const question = { kind: 'text', zh: '问', en: '', required: false, options: [] };
  const id = await makeEvent(organizer);
  const answer = await patchEvent(organizer, id, {
    questions: [
      { ...question, key: 'a' },
      { ...question, key: 'a' },
      { ...question, key: 'b', kind: 'choice', options: [{ value: 'x', zh: 'x', en: '' }] },
    ],
  });
  expect([answer.status, answer.body['problems']]).toEqual([
    400,
    [
      { field: 'questions.1.key', message: 'used twice' },
      { field: 'questions.2.options', message: 'at least two different options' },
    ],
  ]);
});

test('venues used before are found again with their rooms', async () => {
  const id = await makeEvent(organizer, { venue: { name: '再用馆', address: '滨海路2号' } });
  await putPart(organizer, id, 'rooms', { rooms: [{ name: '甲厅', capacity: 80 }, { name: '乙厅' }] });
  await putPart(organizer, id, 'rooms', { rooms: [{ name: '甲厅', capacity: 90 }] });
  await makeEvent(organizer, { venue: { name: '再用馆', address: '滨海路2号' } });
  const found = await organizer.client.get<{ venues: { name: string; address: string; rooms: string[] }[] }>(
    `/organizer/venues?q=${encodeURIComponent('再用')}`,
  );
  expect([
    found.status,
    found.body.venues.map(({ name, address, rooms }) => [name, address, [...rooms].sort()]),
  ]).toEqual([200, [['再用馆', '滨海路2号', ['乙厅', '甲厅']]]]);
  expect((await readEvent(organizer, id)).rooms.map((room) => [room.name, room.capacity]).sort()).toEqual([
    ['乙厅', null],
    ['甲厅', 90],
  ]);
  const noVenue = await makeEvent(organizer);
  const refused = await putPart(organizer, noVenue, 'rooms', { rooms: [{ name: '厅' }] });
  expect([refused.status, refused.body['code']]).toEqual([400, 'event.venue-needed']);
});
