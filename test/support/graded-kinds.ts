import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CapabilityIndex } from '#libs/domain/matching/index/capability-index.js';
import { buildQuery } from '#libs/domain/matching/build-query.js';
import { hasEvidence } from '#libs/domain/matching/factor-sets/has-evidence.js';
import { factorSetOf } from '#libs/domain/matching/factor-sets/read-factor-sets.js';
import type { FactorSet } from '#libs/domain/matching/factor-sets/factor-set.js';
import { findExclusion } from '#libs/domain/matching/find-exclusion.js';
import { kindExclusion } from '#libs/domain/matching/kind-exclusion.js';
import type { MatchCapability, MatchNeed } from '#libs/domain/matching/match-types.js';
import { scorePair } from '#libs/domain/matching/score-pair.js';

export const GRADED_AT = new Date('2026-11-22T02:00:00Z');
const folder = path.resolve(import.meta.dirname, '../relevance');

const lines = async <Row>(file: string): Promise<Row[]> =>
  (await readFile(path.join(folder, file), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

type Given<Row> = Partial<Row> & { id: string; title: string; content?: string };

const needOf = ({
  content = '',
  ...given
}: Given<MatchNeed> & { budgetMinWan?: number; budgetMaxWan?: number }): MatchNeed => ({
  version: 1,
  organisationId: null,
  body: content,
  keywords: [],
  fields: [],
  regionCode: null,
  trlScheme: null,
  targetTrl: null,
  solveModes: [],
  expiresAt: null,
  ...given,
  indicators: [],
  budgetMin: given.budgetMinWan ?? null,
  budgetMax: given.budgetMaxWan ?? null,
});

const offerOf = ({ content = '', ...given }: Given<MatchCapability>): MatchCapability => ({
  version: 1,
  organisationId: null,
  keywords: [],
  fields: [],
  regionCode: null,
  trlScheme: null,
  trl: null,
  transferModes: [],
  ...given,
  indicators: [],
  text: [content, ...(given.works ?? []).map(({ title, abstract }) => `${title} ${abstract ?? ''}`)].join(
    '\n',
  ),
});

export interface GradedKindPair {
  readonly set: FactorSet;
  readonly need: string;
  readonly capability: string;
  readonly level: number;
  /** The factors' sum before it is calibrated. */
  readonly sum: number;
  readonly score: number;
  /** Enough speaks for it to be proposed. */
  readonly evident: boolean;
}

/** The pairs of test/relevance/kinds that no rule excludes, scored among the achievements of the gate. */
export async function scoreGradedKinds(): Promise<GradedKindPair[]> {
  const needs = new Map(
    (await lines<Given<MatchNeed>>('kinds/requests.jsonl')).map((row) => [row.id, needOf(row)]),
  );
  const offers = (await lines<Given<MatchCapability>>('kinds/offers.jsonl')).map(offerOf);
  const others = (await lines<Given<MatchCapability>>('gate/capabilities.jsonl')).map(offerOf);
  const index = new CapabilityIndex([...offers, ...others]);
  const byId = new Map(offers.map((offer) => [offer.id, offer]));
  const judgements = await lines<{ need: string; capability: string; level: number }>(
    'kinds/judgements.jsonl',
  );
  return judgements.flatMap(({ need: needId, capability: offerId, level }) => {
    const [need, offer] = [needs.get(needId)!, byId.get(offerId)!];
    const set = factorSetOf(need.requestKind!, offer.offerKind!)!;
    if (findExclusion(need, offer, GRADED_AT) !== null || kindExclusion(need, offer, GRADED_AT) !== null)
      return [];
    const query = buildQuery(need, set.request);
    const textScore = index.score(query)[index.slotOf(offerId)!]!;
    const options = { now: GRADED_AT, modeMapping: {} };
    const factorsBy = (by: FactorSet) => scorePair(by, need, offer, { query, index, textScore, options });
    const sumOf = (by: FactorSet) => factorsBy(by).reduce((sum, { contribution }) => sum + contribution, 0);
    const { calibration: _fitted, ...plain } = set;
    const evident = hasEvidence(set, factorsBy(set));
    return [{ set, need: needId, capability: offerId, level, sum: sumOf(plain), score: sumOf(set), evident }];
  });
}
