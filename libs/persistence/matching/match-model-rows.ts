import type { EntityManager } from 'typeorm';
import { DEFAULT_MODEL } from '#libs/domain/matching/learning/default-model.js';
import { withNewFeatures, type RankModel } from '#libs/domain/matching/learning/rank-model.js';

/** The model of a version; the one the platform ships with when there is no such row or it is of other features. */
export async function loadRankModel(manager: EntityManager, version: string): Promise<RankModel> {
  if (version === DEFAULT_MODEL.version) return DEFAULT_MODEL;
  const [row] = await manager.query<{ parameters: Partial<RankModel> }[]>(
    'SELECT parameters FROM match_model WHERE version = $1',
    [version],
  );
  const parameters = row?.parameters;
  if (parameters?.features === undefined) return DEFAULT_MODEL;
  return withNewFeatures(parameters as RankModel) ?? DEFAULT_MODEL;
}

/** A model that waits for its training; null when that is over. */
export async function readTrainingModel(
  manager: EntityManager,
  id: string,
): Promise<{ readonly version: string; readonly automatic: boolean } | null> {
  const [row] = await manager.query<{ version: string; automatic: boolean }[]>(
    "SELECT version, created_by IS NULL AS automatic FROM match_model WHERE id = $1 AND status = 'training'",
    [id],
  );
  return row ?? null;
}

export interface TrainedModel {
  readonly status: 'candidate' | 'failed';
  readonly parameters?: RankModel;
  readonly quality?: Readonly<Record<string, number>>;
  readonly trainedOn: Readonly<Record<string, number>>;
  readonly error?: string;
  /** Why a model trained by itself is not put to use. */
  readonly keptBack?: string | null;
  readonly finishedAt: Date;
}

/** Ends a training; does nothing when it has ended already. */
export async function storeTrainedModel(
  manager: EntityManager,
  id: string,
  { status, parameters, quality, trainedOn, error, keptBack, finishedAt }: TrainedModel,
): Promise<void> {
  await manager.query(
    `UPDATE match_model SET status = $2, parameters = $3, quality = $4, trained_on = $5, error = $6, finished_at = $7, kept_back = $8
     WHERE id = $1 AND status = 'training'`,
    [
      id,
      status,
      JSON.stringify(parameters ?? {}),
      JSON.stringify(quality ?? {}),
      JSON.stringify(trainedOn),
      error ?? null,
      finishedAt,
      keptBack ?? null,
    ],
  );
}

/** Ids of models that wait for their training. */
export async function waitingModels(manager: EntityManager): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    "SELECT id FROM match_model WHERE status = 'training' ORDER BY id",
  );
  return rows.map(({ id }) => id);
}
