import type { OfferKind, RequestKind } from '#libs/domain/market/record-kinds.js';
import { shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import { demoData } from './demo-data.js';
import experts from './data/experts.json' with { type: 'json' };
import financeProducts from './data/finance-products.json' with { type: 'json' };
import financingNeeds from './data/financing-needs.json' with { type: 'json' };
import lessons from './data/lessons.json' with { type: 'json' };
import outreachRequests from './data/outreach-requests.json' with { type: 'json' };
import { DAY, type DemoStage } from './demo-stage.js';

/** An expert, lesson, finance product, school request or financing need; the fields of its form. */
export interface DemoKindRecord {
  readonly key: string;
  readonly org: string;
  readonly author: string;
  readonly title: string;
  readonly facts: object;
  /** Days of the form, counted from today. */
  readonly days?: Readonly<Record<string, number>>;
}

type Side = 'needs' | 'capabilities';
interface KindRecords {
  readonly side: Side;
  readonly kind: { readonly requestKind: RequestKind } | { readonly offerKind: OfferKind };
  readonly records: readonly DemoKindRecord[];
}

export const demoKinds: readonly KindRecords[] = [
  { side: 'capabilities', kind: { offerKind: 'expert' }, records: experts },
  { side: 'capabilities', kind: { offerKind: 'lesson' }, records: lessons },
  { side: 'capabilities', kind: { offerKind: 'finance-product' }, records: financeProducts },
  { side: 'needs', kind: { requestKind: 'outreach' }, records: outreachRequests },
  { side: 'needs', kind: { requestKind: 'financing' }, records: financingNeeds },
];

const MINUTE = 60_000;
const OWN_FIELDS = new Set(['key', 'org', 'author', 'state', 'days', 'facts']);
const FACT_DAYS = new Set(['availableFrom', 'availableTo']);

function formOf(stage: DemoStage, record: DemoKindRecord): Record<string, unknown> {
  const organisation = demoData.organisations.find((candidate) => candidate.key === record.org)!;
  const fields = Object.fromEntries(Object.entries(record).filter(([name]) => !OWN_FIELDS.has(name)));
  const days = Object.entries(record.days ?? {}).map(
    ([name, offset]) => [name, shanghaiDay(stage.at(offset, '12:00'))] as const,
  );
  const facts = { ...record.facts, ...Object.fromEntries(days.filter(([name]) => FACT_DAYS.has(name))) };
  const period = Object.fromEntries(days.filter(([name]) => !FACT_DAYS.has(name)));
  const { contactName, contactPhone, contactEmail } = organisation;
  return { ...fields, ...period, facts, contactName, contactPhone, contactEmail };
}

/** Institutes register experts and lessons, the bank its products, schools and enterprises what they look for. */
export async function playKinds(stage: DemoStage, reviewer: string): Promise<void> {
  const all = demoKinds.flatMap((set) => set.records.map((record) => ({ ...set, record })));
  const from = stage.at(-20, '17:30').getTime();
  for (const [index, { side, kind, record }] of all.entries()) {
    stage.go(new Date(from + index * 4 * MINUTE));
    const form = { organisationId: stage.id(record.org), ...kind, ...formOf(stage, record) };
    const { id } = await stage.post<{ id: string }>(record.author, `/${side}`, form);
    stage.ids.set(record.key, id);
    await stage.post(record.author, `/${side}/${id}/submit`);
    stage.progress(index + 1, all.length, '专家、课程与金融 experts, lessons, finance');
  }
  for (const side of ['capabilities', 'needs'] as const) {
    const ids = all.filter((each) => each.side === side).map(({ record }) => stage.id(record.key));
    await stage.post(reviewer, `/${side}/bulk-publish`, { which: { ids } });
  }
}

interface MatchList {
  rows: { id: string; capability: { id: string } }[];
}

/** Technology needs whose authors turn to an expert too. */
const ASK_EXPERTS = 4;

/** Schools, enterprises and those who offer say what interests them; two of three find each other. */
export async function playKindAnswers(stage: DemoStage): Promise<void> {
  const offers = demoKinds.filter(({ side }) => side === 'capabilities').flatMap(({ records }) => records);
  const requests = demoKinds.filter(({ side }) => side === 'needs').flatMap(({ records }) => records);
  const authorOf = new Map(offers.map((record) => [stage.id(record.key), record.author]));
  const technology = demoData.needs.filter(({ state }) => state === 'published').slice(0, ASK_EXPERTS);
  for (const [index, need] of [...technology, ...requests].entries()) {
    stage.go(new Date(stage.at(-3, '09:00').getTime() + index * (DAY / 24)));
    const kinds = technology.some(({ key }) => key === need.key) ? '&offerKind=expert' : '';
    const path = `/needs/${stage.id(need.key)}/matches?pageSize=1${kinds}`;
    const match = (await stage.get<MatchList>(need.author, path)).rows[0];
    const author = match === undefined ? undefined : authorOf.get(match.capability.id);
    if (match === undefined || author === undefined) continue;
    await stage.post(need.author, `/matches/${match.id}/answer`, { answer: 'interested' });
    if (index % 3 === 2) continue;
    await stage.post(author, `/matches/${match.id}/answer`, { answer: 'interested' });
  }
}
