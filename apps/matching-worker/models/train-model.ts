import type { EntityManager } from 'typeorm';
import { reasonAgainst } from '#libs/domain/matching/learning/compare-models.js';
import type { ModelQuality, RankModel } from '#libs/domain/matching/learning/rank-model.js';
import { lockModels, rematchByModelInUse, useModel } from '#libs/persistence/matching/change-models.js';
import { loadMatchFeedback } from '#libs/persistence/matching/load-match-feedback.js';
import { readTrainingModel, storeTrainedModel } from '#libs/persistence/matching/match-model-rows.js';
import { modelInUse } from '#libs/persistence/matching/model-in-use.js';
import type { Transactions } from '#libs/platform/database/transactions.js';
import type { TrainRequest } from '../matches/match-engine.js';

interface Context {
  readonly transactions: Transactions;
  readonly clock: () => Date;
  /** Learns from grades beside the index. */
  readonly train: (request: TrainRequest) => Promise<RankModel>;
}

/** Answers to fewer pairs say nothing that could be measured. */
export const LEAST_GRADES = 20;

/** Learns a model version from all feedback so far. A second call finds nothing left to do. */
export async function trainModel({ transactions, clock, train }: Context, id: string): Promise<void> {
  const { manager } = transactions;
  const row = await readTrainingModel(manager, id);
  if (row === null) return;
  const { grades, sources } = await loadMatchFeedback(manager);
  if (grades.length < LEAST_GRADES) {
    await storeTrainedModel(manager, id, {
      status: 'failed',
      error: `too-few-answers:${grades.length}/${LEAST_GRADES}`,
      trainedOn: sources,
      finishedAt: clock(),
    });
    return;
  }
  const model = await train({ version: row.version, grades, now: clock() });
  const { quality } = model;
  const against = reasonAgainst(quality);
  await transactions.run(async ({ manager: own }) => {
    await lockModels(own);
    // Whoever trained it by hand decides, and is told what speaks against it.
    const keptBack = against ?? (row.automatic ? await whySuperseded(own, quality) : null);
    await storeTrainedModel(own, id, {
      status: 'candidate',
      parameters: model,
      quality: numbersOf(model),
      trainedOn: sources,
      keptBack,
      finishedAt: clock(),
    });
    if (!row.automatic || keptBack !== null) return;
    await useModel(own, { id, version: row.version }, { now: clock(), by: null });
    // The sweep finds the run.
    await rematchByModelInUse(own, null);
  });
}

/** Another model was put to use while this one was trained and compared with its forerunner. */
async function whySuperseded(manager: EntityManager, { rival }: ModelQuality): Promise<string | null> {
  return (await modelInUse(manager)).version === rival?.version ? null : 'superseded';
}

function numbersOf({ quality, vectors }: RankModel): Record<string, number> {
  return {
    pairs: quality.pairs,
    needs: quality.needs,
    score: quality.warm.score,
    ndcg10: quality.warm.ndcg10,
    coldScore: quality.cold.score,
    coldNdcg10: quality.cold.ndcg10,
    brier: quality.brier,
    ...(vectors && { vectorWeight: vectors.weight }),
    ...(quality.before && { beforeScore: quality.before.score, beforeNdcg10: quality.before.ndcg10 }),
  };
}
