import { parseIndicators } from '#libs/domain/indicators/parse-indicators.js';
import { demoData, type DemoRecord } from './demo-data.js';
import { DAY, type DemoStage } from './demo-stage.js';

type Kind = 'needs' | 'capabilities';

const OWN_FIELDS = new Set(['key', 'org', 'author', 'state', 'reviewNote', 'indicatorsText']);

/** What the form sends: the record's own fields, its indicators as confirmed, and the organisation's contact. */
function formOf(record: DemoRecord): Record<string, unknown> {
  const organisation = demoData.organisations.find((candidate) => candidate.key === record.org)!;
  const fields = Object.fromEntries(Object.entries(record).filter(([name]) => !OWN_FIELDS.has(name)));
  const indicators = parseIndicators(record.indicatorsText).map(
    ({ name, comparator, value, valueHigh, unit, raw }) => ({
      name,
      comparator,
      value,
      valueHigh,
      unit,
      raw,
    }),
  );
  const { contactName, contactPhone, contactEmail } = organisation;
  return { ...fields, indicators, contactName, contactPhone, contactEmail };
}

/** Enterprises write needs, institutes publish capabilities, organizers review them, over the ten weeks before today. */
export async function playMarket(stage: DemoStage, reviewers: readonly string[]): Promise<void> {
  const records: [Kind, DemoRecord][] = [
    ...demoData.capabilities.map((record): [Kind, DemoRecord] => ['capabilities', record]),
    ...demoData.needs.map((record): [Kind, DemoRecord] => ['needs', record]),
  ];
  const from = stage.at(-75, '09:00').getTime();
  const step = (stage.at(-20, '17:00').getTime() - from) / records.length;
  for (const [index, [kind, record]] of records.entries()) {
    stage.go(new Date(from + index * step));
    await playRecord(stage, kind, record, reviewers[index % reviewers.length]!);
    stage.progress(index + 1, records.length, '需求与成果 needs and capabilities');
  }
}

async function playRecord(stage: DemoStage, kind: Kind, record: DemoRecord, reviewer: string): Promise<void> {
  const form = { organisationId: stage.id(record.org), ...formOf(record) };
  const { id } = await stage.post<{ id: string }>(record.author, `/${kind}`, form);
  stage.ids.set(record.key, id);
  if (record.state === 'draft') return;
  await stage.post(record.author, `/${kind}/${id}/submit`);
  if (record.state === 'returned')
    await stage.post(reviewer, `/${kind}/${id}/return`, { note: record.reviewNote });
  if (record.state === 'published') await stage.post(reviewer, `/${kind}/${id}/publish`);
}

/** Waits until the worker has matched everything that was published. */
export async function waitForMatches(stage: DemoStage, organizer: string): Promise<void> {
  stage.go(stage.at(-19, '08:00'));
  await stage.post(organizer, '/organizer/match-runs', { scope: 'all' });
  await waitForRuns(stage);
}

export async function waitForRuns(stage: DemoStage): Promise<void> {
  await stage.until('the match runs', async () => {
    const [row] = await stage.manager.query<{ waiting: number; total: number }[]>(
      "SELECT count(*) FILTER (WHERE status IN ('queued', 'running'))::int AS waiting, count(*)::int AS total FROM match_run",
    );
    stage.progress(row!.total - row!.waiting, row!.total, '匹配 matching');
    return row!.waiting === 0;
  });
}

interface MatchList {
  rows: { id: string; score: number; capability: { id: string } }[];
}

/** What people think of a match mostly agrees with its score; from here on they rather like it. */
const LIKED = 0.35;
/** Less than this and it is about something else. */
const ELSEWHERE = 0.2;
const REASONS = ['immature', 'price', 'mode', 'indicator-unmet'] as const;

interface Answer {
  readonly answer: 'interested' | 'declined';
  readonly reason?: string;
}

const interested: Answer = { answer: 'interested' };
const declined = (reason: string): Answer => ({ answer: 'declined', reason });

/** What the enterprise says to the match at `place` of its list; null when it leaves it open. */
function enterpriseAnswer(index: number, place: number, score: number): Answer | null {
  if (score < ELSEWHERE) return (index + place) % 4 === 0 ? null : declined('field-mismatch');
  if (score < LIKED) return (index + place) % 3 === 0 ? interested : declined('indicator-unmet');
  if (place === 0 || (place === 1 && index % 3 !== 2)) return interested;
  return (index + place) % 2 === 0 ? declined(REASONS[index % REASONS.length]!) : null;
}

/** What the institute says to an enterprise that is interested. */
function instituteAnswer(index: number, place: number): Answer | null {
  if ((index + place) % 4 !== 3) return interested;
  return index % 2 === 0 ? declined('capacity') : null;
}

/** Both sides look at their matches, most of which find mutual interest. Returns how many did. */
export async function playAnswers(stage: DemoStage): Promise<number> {
  const needs = demoData.needs.filter(
    (need) => need.state === 'published' && 'disclosure' in need && need.disclosure !== 'closed',
  );
  const authorOf = new Map(demoData.capabilities.map((record) => [stage.id(record.key), record.author]));
  let mutual = 0;
  for (const [index, need] of needs.entries()) {
    stage.go(new Date(stage.at(-18, '09:00').getTime() + index * (DAY / 10)));
    const { rows } = await stage.get<MatchList>(
      need.author,
      `/needs/${stage.id(need.key)}/matches?pageSize=6&offerKind=achievement`,
    );
    for (const [place, match] of rows.entries()) {
      const author = authorOf.get(match.capability.id);
      if (author === undefined || author === need.author) continue;
      const path = `/matches/${match.id}/answer`;
      const asked = enterpriseAnswer(index, place, match.score);
      if (asked !== null) await stage.post(need.author, path, asked);
      const offered =
        asked === interested
          ? instituteAnswer(index, place)
          : asked === null && index % 5 === 0
            ? interested
            : null;
      if (offered !== null) await stage.post(author, path, offered);
      if (asked === interested && offered === interested) mutual += 1;
    }
    stage.progress(index + 1, needs.length, '意向 answers');
  }
  return mutual;
}
