import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { NumberFacts } from '#libs/domain/evidence/verify-numbers.js';
import type { TestPlatform } from '../support/platform.js';
import { makeOrganisation, makePerson } from '../support/factories.js';

/** Mulberry32: the same numbers in [0, 1) for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface RandomWorld {
  readonly facts: NumberFacts;
  readonly programmes: string[];
}

// Instants lie around the Shanghai midnights (16:00 UTC) of month ends, where a slip of the zone or a border shows.
const BORDERS = ['2025-12-31', '2026-01-31', '2026-02-28', '2026-06-30', '2026-10-31'].map((day) =>
  Date.parse(`${day}T16:00:00Z`),
);

/** Fills the database with random rows and returns them as plain facts. */
export async function makeRandomWorld(platform: TestPlatform, seed: number): Promise<RandomWorld> {
  const next = random(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  const maybe = <T>(value: T, chance = 0.7): T | null => (next() < chance ? value : null);
  const instant = () => pick(BORDERS) + pick([-86_400_000, -1, 0, 1, 3_600_000, 10 * 86_400_000]);
  const cents = () => `${Math.floor(next() * 9e7)}.${String(Math.floor(next() * 100)).padStart(2, '0')}`;
  const db = platform.dataSource;
  const people: string[] = [];
  for (let i = 0; i < 8; i++) people.push((await makePerson(platform)).id);
  const organisations: string[] = [];
  for (let i = 0; i < 6; i++) organisations.push(await makeOrganisation(platform, { kind: 'enterprise' }));
  const programmes = [randomUUID(), randomUUID()];
  for (const id of programmes)
    await db.query("INSERT INTO programme (id, slug, name, kind) VALUES ($1, $2, $2, 'forum')", [
      id,
      `项目${id}`,
    ]);
  const facts: NumberFacts = {
    events: [],
    checkIns: [],
    meetings: [],
    needs: [],
    matches: [],
    acceptances: [],
    deals: [],
    steps: [],
  };
  for (let i = 0; i < 12; i++) {
    facts.events.push({
      id: randomUUID(),
      programmeId: maybe(pick(programmes), 0.8),
      state: pick(['held', 'held', 'archived', 'published', 'cancelled']),
      isTemplate: next() < 0.1,
      startsAt: instant(),
    });
  }
  for (let i = 0; i < 20; i++) {
    facts.needs.push({
      id: randomUUID(),
      needNo: maybe(`N-${seed}-${i}`),
      submittedAt: maybe(instant()),
      publishedAt: maybe(instant()),
      createdAt: instant(),
    });
  }
  for (let i = 0; i < 25; i++) {
    const event = pick(facts.events);
    facts.checkIns.push({
      eventId: event.id,
      personId: pick(people),
      organisationId: maybe(pick(organisations), 0.8),
      headCount: 1 + Math.floor(next() * 40),
    });
    facts.meetings.push({
      eventId: pick(facts.events).id,
      needIds: [maybe(pick(facts.needs).id, 0.8), maybe(pick(facts.needs).id, 0.3)].filter(
        (id) => id !== null,
      ),
      enterpriseId: pick(organisations),
      instituteId: pick(organisations),
      status: pick(['held', 'held', 'no_show', 'scheduled', 'cancelled', 'requested']),
      startsAt: instant() + i * 60_000,
    });
    facts.matches.push({ needId: pick(facts.needs).id, mutualAt: maybe(instant(), 0.5) });
  }
  for (const need of facts.needs)
    if (next() < 0.3) facts.acceptances.push({ needId: need.id, at: instant() });
  for (let i = 0; i < 18; i++) {
    const stage = pick(['lead', 'intent', 'signed', 'paid', 'paid', 'stalled', 'terminated']);
    const wasSigned =
      ['signed', 'paid'].includes(stage) || (['stalled', 'terminated'].includes(stage) && next() < 0.5);
    const id = randomUUID();
    const contractAmount = wasSigned ? cents() : null;
    facts.deals.push({
      id,
      needId: maybe(pick(facts.needs).id, 0.9),
      eventId: maybe(pick(facts.events).id, 0.7),
      stage,
      signedOn: wasSigned
        ? pick(['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01', '2026-07-01'])
        : null,
      contractAmount,
      technologyAmount: contractAmount === null ? null : (maybe(contractAmount, 0.5) ?? '0.00'),
      paidAmount: stage === 'paid' ? `1${cents()}` : null,
    });
    facts.steps.push({ dealId: id, to: 'lead', at: instant() });
    if (stage !== 'lead' && next() < 0.9) facts.steps.push({ dealId: id, to: 'intent', at: instant() });
    if (wasSigned) facts.steps.push({ dealId: id, to: 'signed', at: instant() });
    if (stage === 'paid') facts.steps.push({ dealId: id, to: 'paid', at: instant() });
  }
  await store(db, facts, people);
  return { facts, programmes };
}

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

async function store(db: DataSource, facts: NumberFacts, people: readonly string[]): Promise<void> {
  for (const e of facts.events)
    await db.query(
      `INSERT INTO event (id, programme_id, kind, title, state, is_template, starts_at, ends_at, capacity)
       VALUES ($1, $2, 'forum', '活动', $3, $4, $5, $6, 100)`,
      [e.id, e.programmeId, e.state, e.isTemplate, date(e.startsAt), date(e.startsAt + 3_600_000)],
    );
  for (const n of facts.needs)
    await db.query(
      'INSERT INTO need (id, need_no, title, submitted_at, published_at, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [n.id, n.needNo, '需求', date(n.submittedAt), date(n.publishedAt), date(n.createdAt)],
    );
  for (const c of facts.checkIns) {
    const [registration] = await db.query<{ id: string }[]>(
      `INSERT INTO registration (event_id, person_id, organisation_id, status, ticket_code)
       VALUES ($1, $2, $3, 'cancelled', $4) RETURNING id`,
      [c.eventId, c.personId, c.organisationId, randomUUID()],
    );
    await db.query(
      "INSERT INTO check_in (registration_id, event_id, head_count, method) VALUES ($1, $2, $3, 'scan')",
      [registration!.id, c.eventId, c.headCount],
    );
  }
  await storeMarket(db, facts, people);
}

async function storeMatch(db: DataSource, needId: string, mutualAt: number | null): Promise<string> {
  const [capability] = await db.query<{ id: string }[]>(
    "INSERT INTO capability (title) VALUES ('成果') RETURNING id",
  );
  const [match] = await db.query<{ id: string }[]>(
    `INSERT INTO match (need_id, capability_id, score, rank, factors, reasons, model_version, need_version,
       capability_version, need_answer, capability_answer, mutual_at)
     VALUES ($1, $2, 0.5, 1, '[]', '[]', 't', 1, 1, 'interested', 'interested', $3) RETURNING id`,
    [needId, capability!.id, date(mutualAt)],
  );
  return match!.id;
}

async function storeMarket(db: DataSource, facts: NumberFacts, people: readonly string[]): Promise<void> {
  for (const [index, m] of facts.meetings.entries()) {
    const [table] = await db.query<{ id: string }[]>(
      'INSERT INTO meeting_table (event_id, label, position) VALUES ($1, $2, $3) RETURNING id',
      [m.eventId, randomUUID(), index],
    );
    const [needId, ...further] = m.needIds;
    const [meeting] = await db.query<{ id: string }[]>(
      `INSERT INTO meeting (event_id, need_id, enterprise_id, institute_id, enterprise_person_id, institute_person_id,
                            status, starts_at, ends_at, table_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
      [
        m.eventId,
        needId ?? null,
        m.enterpriseId,
        m.instituteId,
        people[0],
        people[1],
        m.status,
        date(m.startsAt),
        date(m.startsAt! + 60_000),
        table!.id,
      ],
    );
    for (const id of further)
      await db.query('INSERT INTO meeting_match (meeting_id, match_id) VALUES ($1, $2)', [
        meeting!.id,
        await storeMatch(db, id, null),
      ]);
  }
  for (const m of facts.matches) await storeMatch(db, m.needId, m.mutualAt);
  const [organisation] = await db.query<{ id: string }[]>('SELECT id FROM organisation LIMIT 1');
  for (const a of facts.acceptances)
    await db.query(
      'INSERT INTO need_acceptance (need_id, accepted_by, organisation_id, created_at) VALUES ($1, $2, $3, $4)',
      [a.needId, people[0], organisation!.id, date(a.at)],
    );
  for (const d of facts.deals)
    await db.query(
      `INSERT INTO deal (id, deal_no, title, need_id, event_id, enterprise_id, institute_id, stage, contract_kind,
                         signed_on, contract_amount, technology_amount, paid_amount)
       VALUES ($1, $2, '对接', $3, $4, $5, $5, $6, 'service', $7, $8, $9, $10)`,
      [
        d.id,
        `D-${d.id}`,
        d.needId,
        d.eventId,
        organisation!.id,
        d.stage,
        d.signedOn,
        d.contractAmount,
        d.technologyAmount,
        d.paidAmount,
      ],
    );
  for (const s of facts.steps)
    await db.query('INSERT INTO deal_step (deal_id, to_stage, at) VALUES ($1, $2, $3)', [
      s.dealId,
      s.to,
      date(s.at),
    ]);
}
