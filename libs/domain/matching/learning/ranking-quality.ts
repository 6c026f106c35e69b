import type { LevelChances } from './gaussian-process.js';

/** A graded pair and what was predicted for it. */
export interface Judged {
  readonly needId: string;
  /** 1–4. */
  readonly level: number;
  readonly chances: LevelChances;
  /** What the level is read from, where not from the chances. */
  readonly forLevels?: LevelChances | undefined;
}

export interface RankingQuality {
  /** 1 / (1 + mean absolute error of the predicted level): the score of the CCF BDCI 2019 competition. */
  readonly score: number;
  /** Mean over needs with two graded pairs of which one is above level 1; gain 2^(level − 1) − 1. */
  readonly ndcg10: number;
}

/**
 * Expected level above 1. Ordering by it finds more than ordering by the expected gain 2^(level − 1) − 1, which leans on the
 * few pairs of level 4 that a model has seen.
 */
export function expectedLevel(chances: LevelChances): number {
  return chances[0] + chances[1] + chances[2];
}

/** The median of the predicted distribution, which makes the mean absolute error least: 1, 2, 3 or 4. */
export function predictedLevel(chances: LevelChances): number {
  return 1 + chances.filter((chance) => chance >= 0.5).length;
}

function discounted(gains: readonly number[]): number {
  return gains.slice(0, 10).reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);
}

/** nDCG@10 (Järvelin & Kekäläinen 2002) of one need's levels in ranked order; null where there is nothing to find. */
export function ndcg10(levels: readonly number[]): number | null {
  const gains = levels.map((level) => 2 ** (level - 1) - 1);
  const best = discounted(gains.toSorted((a, b) => b - a));
  return gains.length < 2 || best === 0 ? null : discounted(gains) / best;
}

export function rankingQuality(judged: readonly Judged[]): RankingQuality {
  const needs = new Map<string, Judged[]>();
  for (const pair of judged) {
    const pairs = needs.get(pair.needId);
    if (pairs) pairs.push(pair);
    else needs.set(pair.needId, [pair]);
  }
  const values: number[] = [];
  for (const pairs of needs.values()) {
    const ranked = pairs.toSorted((a, b) => expectedLevel(b.chances) - expectedLevel(a.chances));
    const value = ndcg10(ranked.map(({ level }) => level));
    if (value !== null) values.push(value);
  }
  const error = judged.reduce(
    (sum, { level, chances, forLevels }) => sum + Math.abs(level - predictedLevel(forLevels ?? chances)),
    0,
  );
  return {
    score: 1 / (1 + error / Math.max(1, judged.length)),
    ndcg10: values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length,
  };
}
