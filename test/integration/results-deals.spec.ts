import { createHash } from 'node:crypto';
import type { DealView } from '#libs/contracts/results/deal.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';

let platform: TestPlatform;
let enterprisePerson: TestPerson;
let institutePerson: TestPerson;
let stranger: TestPerson;
let organizer: TestPerson;
let enterpriseId: string;
let instituteId: string;
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();

beforeAll(async () => {
  platform = await startTestPlatform({ UPLOAD_MAX_MB: '1' });
  enterprisePerson = await makePerson(platform, { name: '企业甲' });
  institutePerson = await makePerson(platform, { name: '院所乙' });
  stranger = await makePerson(platform);
  organizer = await makePerson(platform, { roles: ['organizer'] });
  enterpriseId = await makeOrganisation(platform, { kind: 'enterprise', members: [enterprisePerson] });
  instituteId = await makeOrganisation(platform, { kind: 'institute', members: [institutePerson] });
  await makeOrganisation(platform, { kind: 'enterprise', members: [stranger] });
});
afterAll(() => platform.stop());

async function makeMatch(options: { mutual?: boolean; needStatus?: string; title?: string } = {}) {
  const [need] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO need (organisation_id, status, title, published_at) VALUES ($1, $2, $3, now()) RETURNING id`,
    [enterpriseId, options.needStatus ?? 'published', options.title ?? '水下导航'],
  );
  const [capability] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO capability (organisation_id, status, title) VALUES ($1, 'published', '惯性导航') RETURNING id`,
    [instituteId],
  );
  const [match] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO match (need_id, capability_id, score, rank, factors, reasons, model_version, need_version,
       capability_version, need_answer, capability_answer, mutual_at)
     VALUES ($1, $2, 0.5, 1, '[]', '[]', 't', 1, 1, 'interested', 'interested', $3) RETURNING id`,
    [need!.id, capability!.id, options.mutual === false ? null : new Date()],
  );
  return { needId: need!.id, matchId: match!.id };
}

async function openDeal(person = enterprisePerson) {
  const match = await makeMatch();
  const { status, body } = await person.client.post<DealView>('/deals', { matchId: match.matchId });
  expect(status).toBe(201);
  return { ...match, deal: body };
}

const SIGN = {
  action: 'sign',
  contractKind: 'development-commissioned',
  contractNo: 'HT-1',
  signedOn: `${year - 1}-12-31`,
  contractAmount: '1200000.50',
  technologyAmount: '800000',
};

async function step(person: TestPerson, id: string, body: unknown) {
  return person.client.post<DealView>(`/deals/${id}/transitions`, body);
}
const needStatus = async (id: string) =>
  (await platform.dataSource.query<{ status: string }[]>('SELECT status FROM need WHERE id = $1', [id]))[0]!
    .status;

test('a deal goes from lead to paid, its need to contracted, every step recorded and audited', async () => {
  const { deal, needId } = await openDeal();
  expect(deal.dealNo).toMatch(new RegExp(`^D${year}-\\d{4}$`));
  expect(deal).toMatchObject({
    title: '水下导航',
    stage: 'lead',
    actions: ['record_intent', 'stall', 'terminate'],
  });
  expect((await step(institutePerson, deal.id, { action: 'record_intent', note: '已互访' })).body.stage).toBe(
    'intent',
  );
  expect(await needStatus(needId)).toBe('engaged');
  await step(enterprisePerson, deal.id, { action: 'negotiate' });
  const signed = await step(enterprisePerson, deal.id, SIGN);
  expect(signed.body).toMatchObject({
    stage: 'signed',
    contractAmount: '1200000.50',
    technologyAmount: '800000.00',
    paidAmount: null,
    signedOn: `${year - 1}-12-31`,
    contractNo: 'HT-1',
  });
  expect(await needStatus(needId)).toBe('contracted');
  const paid = await step(organizer, deal.id, { action: 'record_payment', paidAmount: '300000' });
  expect(paid.body).toMatchObject({ stage: 'paid', paidAmount: '300000.00', actions: [] });
  expect(paid.body.steps.map(({ from, to, note, by }) => [from, to, note, by])).toEqual([
    [null, 'lead', null, '企业甲'],
    ['lead', 'intent', '已互访', '院所乙'],
    ['intent', 'negotiation', null, '企业甲'],
    ['negotiation', 'signed', null, '企业甲'],
    ['signed', 'paid', null, organizer.name],
  ]);
  const audit = await platform.dataSource.query<{ action: string }[]>(
    "SELECT action FROM audit_entry WHERE subject_kind = 'deal' AND subject_id = $1 ORDER BY id",
    [deal.id],
  );
  expect(audit.map((row) => row.action)).toEqual([
    'open-deal',
    'record-intent-deal',
    'negotiate-deal',
    'sign-deal',
    'record-payment-deal',
  ]);
});

test('numbers are consecutive, one live deal per match, also when two people open it at once', async () => {
  const { matchId } = await makeMatch();
  const answers = await Promise.all(
    [enterprisePerson, institutePerson, organizer, enterprisePerson].map((person) =>
      person.client.post('/deals', { matchId }),
    ),
  );
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  expect(answers.filter((answer) => answer.status === 409).map((answer) => answer.body['code'])).toEqual([
    'deal.exists',
    'deal.exists',
    'deal.exists',
  ]);
  const rows = await platform.dataSource.query<{ deal_no: string }[]>(
    'SELECT deal_no FROM deal ORDER BY deal_no',
  );
  expect(rows.map((row) => row.deal_no)).toEqual(
    rows.map((_, index) => `D${year}-${String(index + 1).padStart(4, '0')}`),
  );
});

test('who may open and see a deal', async () => {
  const { matchId } = await makeMatch({ mutual: false });
  const codes = async (person: TestPerson) => (await person.client.post('/deals', { matchId })).body['code'];
  expect(await codes(enterprisePerson)).toBe('deal.not-mutual');
  expect(await codes(stranger)).toBe('record.not-found');
  expect((await platform.client().post('/deals', { matchId })).status).toBe(401);
  const { status, body } = await organizer.client.post<DealView>('/deals', { matchId });
  expect(status).toBe(201);
  expect((await stranger.client.get(`/deals/${body.id}`)).status).toBe(404);
  expect((await step(stranger, body.id, { action: 'record_intent' })).status).toBe(404);
  expect((await institutePerson.client.get(`/deals/${body.id}`)).status).toBe(200);
  const list = await stranger.client.get<{ total: number }>('/deals');
  expect([list.status, list.body.total]).toEqual([200, 0]);
});

test('facts of a contract are checked, and stages cannot be skipped', async () => {
  const { deal } = await openDeal();
  expect((await step(enterprisePerson, deal.id, SIGN)).body).toMatchObject({
    code: 'deal.step-not-possible',
  });
  await step(enterprisePerson, deal.id, { action: 'record_intent' });
  await step(enterprisePerson, deal.id, { action: 'negotiate' });
  const problems = async (change: Record<string, unknown>) => {
    const answer = await enterprisePerson.client.post<{ problems: { field: string }[] }>(
      `/deals/${deal.id}/transitions`,
      { ...SIGN, ...change },
    );
    expect(answer.status).toBe(400);
    return answer.body.problems.map((problem) => problem.field);
  };
  expect(await problems({ technologyAmount: '1200000.51' })).toEqual(['technologyAmount']);
  expect(await problems({ contractAmount: '0', technologyAmount: '0' })).toEqual(['contractAmount']);
  expect(await problems({ signedOn: `${year + 1}-06-01` })).toEqual(['signedOn']);
  expect(await problems({ contractKind: 'marriage' })).toEqual(['contractKind']);
  expect(await problems({ contractAmount: '1e5' })).toEqual(['contractAmount']);
  expect((await enterprisePerson.client.get<DealView>(`/deals/${deal.id}`)).body.stage).toBe('negotiation');
});

test('a stalled deal resumes where it stalled; a terminated contract opens its need again', async () => {
  const { deal, needId } = await openDeal();
  for (const body of [{ action: 'record_intent' }, { action: 'negotiate' }, SIGN])
    await step(enterprisePerson, deal.id, body);
  expect((await step(enterprisePerson, deal.id, { action: 'stall' })).status).toBe(400);
  expect((await step(enterprisePerson, deal.id, { action: 'stall', note: '等待批复' })).body.stage).toBe(
    'stalled',
  );
  expect((await step(enterprisePerson, deal.id, { action: 'resume' })).body.stage).toBe('signed');
  expect((await step(enterprisePerson, deal.id, { action: 'terminate', note: '协商解除' })).body.stage).toBe(
    'terminated',
  );
  expect(await needStatus(needId)).toBe('engaged');
});

test('a correction of amounts keeps old and new in the audit log', async () => {
  const { deal } = await openDeal();
  const early = await enterprisePerson.client.post(`/deals/${deal.id}/corrections`, {
    contractAmount: '1',
    note: 'x',
  });
  expect(early.body['code']).toBe('deal.no-contract');
  for (const body of [{ action: 'record_intent' }, { action: 'negotiate' }, SIGN])
    await step(enterprisePerson, deal.id, body);
  const tooSmall = await enterprisePerson.client.post(`/deals/${deal.id}/corrections`, {
    contractAmount: '700000',
    note: '误填',
  });
  expect(tooSmall.status).toBe(400);
  const answer = await enterprisePerson.client.post<DealView>(`/deals/${deal.id}/corrections`, {
    contractAmount: '900000',
    note: '误填',
  });
  expect([answer.status, answer.body.contractAmount]).toEqual([200, '900000.00']);
  const [entry] = await platform.dataSource.query<{ detail: unknown }[]>(
    "SELECT detail FROM audit_entry WHERE action = 'correct-deal' AND subject_id = $1",
    [deal.id],
  );
  expect(entry!.detail).toEqual({
    note: '误填',
    changed: { contractAmount: { old: '1200000.50', new: '900000' } },
  });
});

const bytes = (text: string, size = 400) => {
  const filled = new Uint8Array(new ArrayBuffer(size)).fill(32);
  filled.set(Buffer.from(text, 'latin1'));
  return filled;
};
const PDF = bytes('%PDF-1.7\n%\n1 0 obj\n<<>>\nendobj\n');

test('evidence: stored under our name, downloaded as attachment by both sides, hidden from others, removed', async () => {
  const { deal } = await openDeal();
  const path = `/deals/${deal.id}/evidence`;
  const file = { name: '../合同 (终稿).pdf', type: 'text/html', bytes: PDF };
  expect((await stranger.client.upload(path, file)).status).toBe(404);
  const added = await enterprisePerson.client.upload<DealView>(path, file);
  expect(added.status).toBe(201);
  expect(added.body.evidence).toMatchObject([
    { fileName: '合同 (终稿).pdf', mediaType: 'application/pdf', bytes: 400, uploadedBy: '企业甲' },
  ]);
  const [row] = await platform.dataSource.query<{ id: string; sha256: string; storage_name: string }[]>(
    'SELECT id, sha256, storage_name FROM evidence_file WHERE deal_id = $1',
    [deal.id],
  );
  expect(row!.sha256).toBe(createHash('sha256').update(PDF).digest('hex'));
  expect(row!.storage_name).toMatch(/^([0-9a-f]{2})\/\1[0-9a-f]{6}-[0-9a-f-]{27}$/);
  const download = await institutePerson.client.raw(`${path}/${row!.id}`);
  expect([download.status, download.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(download.headers.get('x-content-type-options')).toBe('nosniff');
  expect(download.headers.get('content-disposition')).toBe(
    `attachment; filename="__ (__).pdf"; filename*=UTF-8''%E5%90%88%E5%90%8C%20%28%E7%BB%88%E7%A8%BF%29.pdf`,
  );
  expect(new Uint8Array(await download.arrayBuffer())).toEqual(PDF);
  expect((await stranger.client.raw(`${path}/${row!.id}`)).status).toBe(404);
  expect((await stranger.client.delete(`${path}/${row!.id}`)).status).toBe(404);
  expect((await institutePerson.client.delete(`${path}/${row!.id}`)).status).toBe(200);
  expect((await institutePerson.client.raw(`${path}/${row!.id}`)).status).toBe(404);
  const [kept] = await platform.dataSource.query<{ removed: boolean }[]>(
    'SELECT removed_at IS NOT NULL AS removed FROM evidence_file WHERE id = $1',
    [row!.id],
  );
  expect(kept).toEqual({ removed: true });
});

test('evidence: refused when the bytes are not what the name says, of no allowed kind, too large or missing', async () => {
  const { deal } = await openDeal();
  const path = `/deals/${deal.id}/evidence`;
  const code = async (name: string, content: Uint8Array<ArrayBuffer>) =>
    (await enterprisePerson.client.upload(path, { name, type: 'application/pdf', bytes: content })).body[
      'code'
    ];
  expect(await code('a.pdf', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'))).toBe('evidence.kind-refused');
  expect(await code('a.png', PDF)).toBe('evidence.kind-refused');
  expect(await code('a.exe', bytes('MZ'))).toBe('evidence.kind-refused');
  expect(await code('a.zip', bytes('PK\x03\x04'))).toBe('evidence.kind-refused');
  expect(await code('a.pdf', bytes('<html>'))).toBe('evidence.kind-refused');
  expect(await code('a.pdf', bytes('', 0))).toBe('evidence.kind-refused');
  expect(await code('a.pdf', bytes('%PDF-1.7', 1024 * 1024 + 1))).toBe('request.too-large');
  expect((await enterprisePerson.client.post(path, {})).body['code']).toBe('evidence.no-file');
  const rows = await platform.dataSource.query<unknown[]>('SELECT 1 FROM evidence_file WHERE deal_id = $1', [
    deal.id,
  ]);
  expect(rows).toEqual([]);
  expect(await code('a.PDF', PDF)).toBe(undefined);
});
