import type { MatchOptions } from '../match-types.js';
import type { LevelChances } from './gaussian-process.js';
import type { Grade, GradedRecords } from './learn-from-grades.js';
import { LearnedRanking, type PairReader } from './learned-ranking.js';
import type { ModelQuality, RankModel } from './rank-model.js';

/** What a model says of a pair it has not learned from. */
export interface Unseen {
  /** Without what it knows of the pair's need. */
  readonly cold: LevelChances;
  readonly warm: LevelChances;
}

const keyOf = ({ needId, capabilityId }: Pick<Grade, 'needId' | 'capabilityId'>) =>
  `${needId} ${capabilityId}`;

/**
 * What `model` says of each graded pair, null for those it has learned from: on these it would only repeat what it was
 * told. `records` hold the pairs' and the model's neighbours'.
 */
export function predictUnseen(
  model: RankModel,
  reader: PairReader,
  records: GradedRecords,
  grades: readonly Grade[],
  options: Pick<MatchOptions, 'modeMapping' | 'now'>,
): (Unseen | null)[] {
  const known = new Set(model.neighbours.map(keyOf));
  const lookup = {
    need: (id: string) => records.needs.get(id),
    capability: (id: string) => records.capabilities.get(id),
  };
  const whole = new LearnedRanking(model, reader, lookup);
  const found: (Unseen | null)[] = grades.map(() => null);
  for (const needId of new Set(grades.map((grade) => grade.needId))) {
    const rows = [...grades.keys()].filter(
      (row) => grades[row]!.needId === needId && !known.has(keyOf(grades[row]!)),
    );
    const need = records.needs.get(needId);
    if (rows.length === 0 || need === undefined) continue;
    const others = model.neighbours.filter((neighbour) => neighbour.needId !== needId);
    const warm = whole.open(need, options);
    const cold =
      others.length === model.neighbours.length
        ? warm
        : new LearnedRanking({ ...model, neighbours: others }, reader, lookup).open(need, options);
    for (const row of rows) {
      const capability = records.capabilities.get(grades[row]!.capabilityId);
      if (capability)
        found[row] = { cold: cold.score(capability).chances, warm: warm.score(capability).chances };
    }
  }
  return found;
}

/** Who only ever hears yes, or no, learns to say nothing else: so many answers of each kind are needed. */
const LEAST_OF_EACH = 5;
/** Fewer common pairs say nothing of which model is better. */
const LEAST_COMMON = 10;
/** Rounding is no difference. */
const TOLERANCE = 1e-9;

/**
 * Why a new model should not take the place of the one in use: `one-sided`, `unmeasured`, or `worse:` and the measures in which it is
 * behind on pairs that neither has seen, as in `worse:coldNdcg10=0.710/0.740,score=0.702/0.711` (its own first). Null when it is nowhere worse.
 */
export function reasonAgainst({
  rival,
  pairs,
  positive = 0,
}: Pick<ModelQuality, 'rival' | 'pairs' | 'positive'>): string | null {
  if (Math.min(positive, pairs - positive) < LEAST_OF_EACH) return 'one-sided';
  if (rival === undefined || rival.pairs < LEAST_COMMON) return 'unmeasured';
  const { own, theirs } = rival;
  const measures = [
    ['coldNdcg10', own.cold.ndcg10, theirs.cold.ndcg10],
    ['coldScore', own.cold.score, theirs.cold.score],
    ['ndcg10', own.warm.ndcg10, theirs.warm.ndcg10],
    ['score', own.warm.score, theirs.warm.score],
  ] as const;
  const behind = measures
    .filter(([, mine, other]) => mine < other - TOLERANCE)
    .map(([name, mine, other]) => `${name}=${mine.toFixed(3)}/${other.toFixed(3)}`);
  return behind.length === 0 ? null : `worse:${behind.join(',')}`;
}
