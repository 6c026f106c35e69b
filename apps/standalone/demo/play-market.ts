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

/** Both sides look at their matches; every third good one finds mutual interest. Returns how many did. */
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
      if (place === 0 || (place === 1 && index % 3 !== 2)) {
        await stage.post(need.author, `/matches/${match.id}/answer`, { answer: 'interested' });
        if ((index + place) % 4 === 3) continue;
        await stage.post(author, `/matches/${match.id}/answer`, { answer: 'interested' });
        mutual += 1;
      } else if (place === 4 && index % 2 === 0) {
        await stage.post(need.author, `/matches/${match.id}/answer`, {
          answer: 'declined',
          reason: 'field-mismatch',
        });
      } else if (place === 5 && index % 5 === 0) {
        await stage.post(author, `/matches/${match.id}/answer`, { answer: 'interested' });
      }
    }
    stage.progress(index + 1, needs.length, '意向 answers');
  }
  return mutual;
}
