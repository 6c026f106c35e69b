import type { EntityManager } from 'typeorm';

export interface ShownMatch {
  readonly id: string;
  readonly modelVersion: string;
  readonly score: number;
  readonly rank: number;
}

/**
 * Notes that members of a side were shown these matches: once per match, side and model version, with the score and
 * rank of the first time. Says nothing about who they are.
 */
export async function recordShown(
  manager: EntityManager,
  side: 'need' | 'capability',
  matches: readonly ShownMatch[],
  now: Date,
): Promise<void> {
  if (matches.length === 0) return;
  await manager.query(
    `INSERT INTO match_exposure (match_id, side, model_version, score, rank, shown_at)
     SELECT s.id, $1, s."modelVersion", s.score, s.rank, $3
     FROM jsonb_to_recordset($2::jsonb) AS s(id uuid, "modelVersion" text, score double precision, rank integer)
     ORDER BY s.id ON CONFLICT (match_id, side, model_version) DO NOTHING`,
    [side, JSON.stringify(matches), now],
  );
}

/** Notes that a member of a side opened a match; seeing it there counts as being shown it. */
export async function recordViewed(
  manager: EntityManager,
  side: 'need' | 'capability',
  { id, modelVersion, score, rank }: ShownMatch,
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO match_exposure (match_id, side, model_version, score, rank, shown_at, viewed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6)
     ON CONFLICT (match_id, side, model_version) DO UPDATE
       SET viewed_at = excluded.viewed_at WHERE match_exposure.viewed_at IS NULL`,
    [id, side, modelVersion, score, rank, now],
  );
}
