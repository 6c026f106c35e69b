import ExcelJS from 'exceljs';
import { makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeCrowd, makeOpenEvent } from '../support/registrations.js';

let platform: TestPlatform;
let organizer: TestPerson;
let officer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  officer = await makePerson(platform, { roles: ['service_officer'] });
});
afterAll(() => platform.stop());

interface Result {
  readonly already: boolean;
  readonly at: string;
  readonly headCount: number;
  readonly name: string;
  readonly code: string;
  readonly attendance: unknown;
}

async function seat(
  person: TestPerson,
  eventId: string,
  groupSize = 1,
): Promise<{ id: string; qr: string; code: string }> {
  const created = await person.client.post<{ id: string }>(`/events/${eventId}/registrations`, { groupSize });
  const ticket = await person.client.get<{ qr: string; ticketCode: string; svg: string }>(
    `/registrations/${created.body.id}/ticket`,
  );
  expect(ticket.body.svg.startsWith('<svg')).toBe(true);
  return { id: created.body.id, qr: ticket.body.qr, code: ticket.body.ticketCode };
}

test('twenty scans at once check a class in once', async () => {
  const eventId = await makeOpenEvent(platform, { startsIn: 1, capacity: 60, groupMax: 40 });
  const [person, absent] = await makeCrowd(platform, 2);
  const { qr } = await seat(person!, eventId, 40);
  await seat(absent!, eventId, 2);
  const scans = await Promise.all(
    Array.from({ length: 20 }, () =>
      officer.client.post<Result>(`/organizer/events/${eventId}/check-ins`, { qr, headCount: 38 }),
    ),
  );
  expect(scans.map((scan) => scan.status)).toEqual(Array.from({ length: 20 }, () => 200));
  expect(scans.filter((scan) => !scan.body.already)).toHaveLength(1);
  expect(new Set(scans.map((scan) => `${scan.body.at} ${scan.body.headCount}`)).size).toBe(1);
  expect(scans.at(-1)!.body.attendance).toEqual({
    confirmedHeads: 42,
    checkedInHeads: 38,
    confirmedRegistrations: 2,
    checkedInRegistrations: 1,
    noShows: 1,
  });
});

test('what is wrong with a ticket is said', async () => {
  const eventId = await makeOpenEvent(platform, { startsIn: 1, capacity: 9, title: '本场' });
  const elsewhere = await makeOpenEvent(platform, { startsIn: 1, capacity: 9, title: '别场' });
  const [a, b] = await makeCrowd(platform, 2);
  const here = await seat(a!, eventId);
  const there = await seat(b!, elsewhere);
  const check = async (body: unknown) => {
    const answer = await officer.client.post<Result>(`/organizer/events/${eventId}/check-ins`, body);
    return [answer.status, answer.body.code ?? answer.body.already];
  };
  const forged = `${here.qr.slice(0, -1)}${here.qr.endsWith('A') ? 'B' : 'A'}`;
  expect(await check({ qr: 'https://example.org' })).toEqual([400, 'check-in.unsigned']);
  expect(
    await check({
      qr: forged.replace(/.$/, forged.endsWith('x') ? 'y' : 'x').replace(here.code, there.code),
    }),
  ).toEqual([400, 'check-in.unsigned']);
  expect(await check({ qr: there.qr })).toEqual([409, 'check-in.other-event']);
  expect(await check({ ticketCode: 'AAAA' })).toEqual([404, 'check-in.unknown-ticket']);
  expect(await check({ ticketCode: 'A' })).toEqual([404, 'check-in.unknown-ticket']);
  expect(await check({})).toEqual([400, 'request.invalid']);
  expect(await check({ ticketCode: `${here.code.slice(0, 5).toLowerCase()}-${here.code.slice(5)}` })).toEqual(
    [200, false],
  );
  expect(await check({ qr: here.qr })).toEqual([200, true]);
  const blocked = await a!.client.post(`/registrations/${here.id}/cancel`, {});
  expect([blocked.status, blocked.body['code']]).toEqual([409, 'registration.checked-in']);
  const late = await makePerson(platform);
  const gone = await seat(late, eventId);
  await late.client.post(`/registrations/${gone.id}/cancel`, {});
  expect(await check({ qr: gone.qr })).toEqual([409, 'check-in.not-confirmed']);
});

test('only staff check in, only organizers undo, and both leave a trace', async () => {
  const eventId = await makeOpenEvent(platform, { startsIn: 1, capacity: 9 });
  const [person] = await makeCrowd(platform, 1);
  const { id, qr } = await seat(person!, eventId);
  const path = `/organizer/events/${eventId}/check-ins`;
  expect((await person!.client.post(path, { qr })).status).toBe(403);
  expect((await platform.client().get(path)).status).toBe(401);
  expect((await officer.client.post(path, { registrationId: id })).status).toBe(200);
  expect((await officer.client.post(`${path}/${id}/undo`)).status).toBe(403);
  const undone = await organizer.client.post(`${path}/${id}/undo`);
  expect([undone.status, undone.body['noShows']]).toEqual([200, 1]);
  expect((await organizer.client.post(`${path}/${id}/undo`)).status).toBe(404);
  const audit: { action: string }[] = await platform.dataSource.query(
    "SELECT action FROM audit_entry WHERE subject_id = $1 AND action LIKE '%check-in' ORDER BY id",
    [id],
  );
  expect(audit.map((row) => row.action)).toEqual(['check-in', 'undo-check-in']);
});

test('names stand by pinyin, page by page', async () => {
  const eventId = await makeOpenEvent(platform, { startsIn: 1, capacity: 9 });
  for (const name of ['周明', '欧阳春', '陈晓海', '安然', 'Zoe Lee', '郑强'])
    await seat(await makePerson(platform, { name }), eventId);
  const pages = await Promise.all(
    [1, 2].map(async (page) => {
      const path = `/organizer/events/${eventId}/check-ins?pageSize=4&page=${page}`;
      const { body } = await officer.client.get<{ total: number; rows: { name: string }[] }>(path);
      return [body.total, ...body.rows.map((row) => row.name)];
    }),
  );
  expect(pages).toEqual([
    [6, '安然', '陈晓海', '欧阳春', '郑强'],
    [6, '周明', 'Zoe Lee'],
  ]);
});

test('people are found by name, and the sheet lists present and absent', async () => {
  const eventId = await makeOpenEvent(platform, { startsIn: 1, capacity: 9 });
  const here = await makePerson(platform, { name: '陈晓海' });
  const away = await makePerson(platform, { name: '周明' });
  const { id } = await seat(here, eventId);
  await seat(away, eventId);
  const path = `/organizer/events/${eventId}/check-ins`;
  await officer.client.post(path, { registrationId: id });
  const names = async (query: string) =>
    (await officer.client.get<{ rows: { name: string }[] }>(`${path}?${query}`)).body.rows.map(
      (row) => row.name,
    );
  expect(await names('q=晓海')).toEqual(['陈晓海']);
  expect(await names('state=present')).toEqual(['陈晓海']);
  expect(await names('state=absent')).toEqual(['周明']);
  expect(await names('q=%25')).toEqual([]);
  await platform.dataSource.query("UPDATE event SET title = '.海洋/船舶\u202E对接会' WHERE id = $1", [
    eventId,
  ]);
  const file = await officer.client.raw(`${path}.xlsx`);
  const saved = file.headers.get('content-disposition')!.split("UTF-8''")[1]!;
  expect(decodeURIComponent(saved)).toBe('海洋-船舶对接会-签到表.xlsx');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await file.arrayBuffer());
  const sheet = workbook.getWorksheet('签到表')!;
  expect(sheet.getRow(2).getCell(2).value).toBe('姓名');
  const attendance = [3, 4].map((row) => [
    sheet.getRow(row).getCell(2).value,
    sheet.getRow(row).getCell(7).value,
  ]);
  expect(attendance).toEqual([
    ['陈晓海', '出席'],
    ['周明', '缺席'],
  ]);
});

test('outside its hours nobody is checked in, unless an organizer says why', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 9, startsIn: 8, title: '晚场' });
  const [person, other] = await makeCrowd(platform, 2);
  const { id, qr } = await seat(person!, eventId);
  const path = `/organizer/events/${eventId}/check-ins`;
  const check = async (client: TestPerson['client'], body: unknown) => {
    const answer = await client.post<Result>(path, body);
    return [answer.status, answer.body.code ?? answer.body.already];
  };
  expect(await check(organizer.client, { qr })).toEqual([409, 'check-in.too-early']);
  expect(await check(organizer.client, { qr, overrideNote: ' ' })).toEqual([400, 'request.invalid']);
  expect(await check(officer.client, { qr, overrideNote: '演练' })).toEqual([403, 'auth.forbidden']);
  expect(await check(organizer.client, { qr, overrideNote: '演练' })).toEqual([200, false]);
  // Who is here already stays so for everybody, and nothing is noted a second time.
  expect(await check(officer.client, { qr })).toEqual([200, true]);
  const audit: { detail: unknown }[] = await platform.dataSource.query(
    "SELECT detail FROM audit_entry WHERE subject_id = $1 AND action = 'check-in'",
    [id],
  );
  expect(audit).toEqual([{ detail: { headCount: 1, note: '演练' } }]);

  const late = await seat(other!, eventId);
  await platform.dataSource.query(
    "UPDATE event SET starts_at = now() - interval '3 days', ends_at = now() - interval '2 days' WHERE id = $1",
    [eventId],
  );
  expect(await check(officer.client, { qr: late.qr })).toEqual([409, 'check-in.too-late']);
  expect(await check(organizer.client, { qr: late.qr, overrideNote: '补录纸质签到表' })).toEqual([
    200,
    false,
  ]);
});
