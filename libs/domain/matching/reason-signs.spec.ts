import fc from 'fast-check';
import { parseIndicators } from '#libs/domain/indicators/parse-indicators.js';
import { explainMatch } from './explain-match.js';
import { FACTOR_SETS } from './factor-sets/read-factor-sets.js';
import type { FactorSet } from './factor-sets/factor-set.js';
import { CapabilityIndex } from './index/capability-index.js';
import { DEFAULT_MODEL } from './learning/default-model.js';
import { LearnedRanking } from './learning/learned-ranking.js';
import { openLearnedCorpus } from './learning/open-corpus.js';
import { effectsOf, FEATURES, STRUCTURE_FEATURES, type RankModel } from './learning/rank-model.js';
import type { FactorCode, MatchCapability, MatchFactor, MatchNeed, MatchReason } from './match-types.js';
import { scorePair } from './score-pair.js';
import { readNeedWords } from './shared-terms.js';

const NOW = new Date('2026-11-22T02:00:00Z');
const OPTIONS = { now: NOW, modeMapping: { joint: ['development-joint'], transfer: ['assignment'] } };
const plain = { version: 1, organisationId: null };

const some = <T>(...items: T[]) => fc.subarray(items);
const common = {
  keywords: some('冷链', '焊缝跟踪', '水下', '清洗', '视觉'),
  fields: some('04', '04.02', '04.03', '07.01', '08'),
  regionCode: fc.constantFrom(null, '44', '440115', '440303', '31'),
  trlScheme: fc.constantFrom(null, 'trl-iso', 'trl-gbt22900'),
};
const figures = (sign: string) =>
  some('温差', '续航', '漏检率', '良率').map((names) =>
    parseIndicators(names.map((name, at) => `${name}${sign}${5 + at * 3}%`).join('；')),
  );
const wan = fc.constantFrom(null, 5, 30, 80, 500);
const month = fc.constantFrom(null, 6, 12, 36);
const codes = some('a', 'b', 'c', 'online');
const orNull = (code: fc.Arbitrary<string>) => fc.option(code, { nil: null });
const code = fc.constantFrom('a', 'b', 'c');

const needs: fc.Arbitrary<MatchNeed> = fc
  .record({
    ...common,
    targetTrl: fc.constantFrom(null, 4, 6, 8),
    solveModes: some('joint', 'transfer', 'other'),
    indicators: fc.oneof(figures('≥'), figures('≤'), figures('必须≤')),
    budgetMin: wan,
    budgetMax: wan,
    periodStart: fc.constantFrom(null, '2026-12-01'),
    periodEnd: fc.constantFrom(null, '2026-12-20', '2027-06-01'),
    facts: fc.record({
      grades: codes,
      subjects: codes,
      venues: codes,
      pupils: fc.constantFrom(null, 20, 45, 300),
      financingKinds: codes,
      securities: codes,
      qualifications: codes,
      enterpriseStage: orNull(code),
      revenueBand: orNull(code),
      termMonths: month,
    }),
  })
  .map((part) => ({ ...plain, ...part, id: 'n', title: '水下焊缝清洗', body: '', expiresAt: null }));
const capabilities: fc.Arbitrary<MatchCapability> = fc
  .record({
    ...common,
    trl: fc.constantFrom(null, 3, 4, 5, 6, 7, 9),
    transferModes: some('development-joint', 'assignment', 'service'),
    indicators: figures(''),
    priceMin: wan,
    priceMax: wan,
    facts: fc.record({
      grades: codes,
      subjects: codes,
      venues: codes,
      pupilsMin: fc.constantFrom(null, 10, 40),
      pupilsMax: fc.constantFrom(null, 50, 200),
      financingKinds: codes,
      securities: codes,
      qualifications: codes,
      stages: codes,
      revenueBands: codes,
      termMinMonths: month,
      termMaxMonths: month,
      titleLevel: fc.constantFrom(null, 'senior', 'junior'),
      daysPerYear: fc.constantFrom(null, 2, 60),
    }),
  })
  .map((part) => ({ ...plain, ...part, id: 'c', title: '水下焊缝视觉', text: '' }));

/** The factor a reason speaks of and whether it speaks for the pair; null where its words do not say. */
function saidBy(reason: MatchReason): [FactorCode, boolean] | null {
  switch (reason.kind) {
    case 'maturity':
      return ['maturity', reason.met];
    case 'price':
      return ['price', reason.fit !== 'above'];
    case 'field':
    case 'crosswalk':
      return ['field', true];
    case 'mode':
      return ['mode', reason.compatible];
    case 'region':
      return ['region', true];
    case 'fact':
      return [reason.factor, reason.fits];
    case 'indicator':
    case 'terms':
    case 'works':
    case 'uncovered':
    case 'advice':
    case 'deferred':
    case 'duplicates':
      return null;
  }
}

function contradictions(reasons: readonly MatchReason[], factors: readonly MatchFactor[]): string[] {
  const outcomes = reasons.flatMap((reason) => (reason.kind === 'indicator' ? [reason.outcome] : []));
  const figuresSay = (outcome: string): [FactorCode, boolean][] =>
    outcomes.length > 0 && outcomes.every((each) => each === outcome)
      ? [['indicators', outcome === 'met']]
      : [];
  const said = reasons.flatMap((reason) => {
    const one = saidBy(reason);
    return one === null ? [] : [one];
  });
  return [...said, ...figuresSay('met'), ...figuresSay('not_met')].flatMap(([factor, fits]) => {
    const contribution = factors.find((each) => each.code === factor)?.contribution ?? 0;
    return (fits ? contribution < -1e-12 : contribution > 1e-12) ? [`${factor} ${fits} ${contribution}`] : [];
  });
}

function explained(set: FactorSet, need: MatchNeed, capability: MatchCapability) {
  const index = new CapabilityIndex([capability]);
  const reader = openLearnedCorpus(index, [need], [capability], DEFAULT_MODEL.needCounts);
  const none = { need: () => undefined, capability: () => undefined };
  const read = new LearnedRanking(DEFAULT_MODEL, reader, none).open(need, OPTIONS);
  const { query } = read.reading;
  const context = { query, index, words: readNeedWords(need), modeMapping: OPTIONS.modeMapping, now: NOW };
  const reasons = explainMatch(need, capability, set, context);
  const byRules = scorePair(set, need, capability, { query, index, textScore: 1, options: OPTIONS });
  return { reasons, byRules, learned: set.learned ? read.score(capability).factors : [] };
}

test.each(FACTOR_SETS)(
  '$requestKind × $offerKind: no reason says the opposite of what its factor adds',
  (set) => {
    fc.assert(
      fc.property(needs, capabilities, (need, capability) => {
        const pair = {
          need: { ...need, requestKind: set.requestKind },
          capability: { ...capability, offerKind: set.offerKind },
        };
        const { reasons, byRules, learned } = explained(set, pair.need, pair.capability);
        expect(contradictions(reasons, byRules)).toEqual([]);
        expect(contradictions(reasons, learned)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  },
);

test('whatever a model has learned, structure that fits does not lower and structure that does not fit does not raise', () => {
  const rising = fc
    .array(fc.double({ min: 0, max: 0.1, noNaN: true }), { minLength: 57, maxLength: 57 })
    .chain((steps) => fc.double({ min: -3, max: 1, noNaN: true }).map((from) => [from, ...steps]))
    .map(([from, ...steps]) => {
      let sum = from!;
      return steps.map((step) => (sum += step));
    });
  const feature = fc.constantFrom(...STRUCTURE_FEATURES).map((name) => FEATURES.indexOf(name));
  const value = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(feature, fc.tuple(rising, rising, rising), value, value, (k, shapes, a, b) => {
      const { means, deviations } = DEFAULT_MODEL;
      const model: Pick<RankModel, 'shapes' | 'means' | 'deviations'> = {
        means,
        deviations,
        shapes: shapes.map((shape) => FEATURES.map(() => shape)),
      };
      const gain = (at: number) => {
        const standard = Math.min(4, Math.max(-3, (at - means[k]!) / deviations[k]!));
        return effectsOf(model, k, standard).reduce((sum, effect) => sum + effect, 0);
      };
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(gain(low)).toBeLessThanOrEqual(gain(high) + 1e-9);
      for (const at of [a, b]) expect(at > 0.5 + 1e-6 ? gain(at) : -gain(at)).toBeGreaterThanOrEqual(0);
    }),
  );
});
