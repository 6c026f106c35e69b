import type { EntityManager } from 'typeorm';
import { MATCH_MODEL_VERSION } from '#libs/domain/matching/model-version.js';

/** The model by which runs queued now are scored: the active row, else the one that the platform ships with. */
export async function modelInUse(
  manager: EntityManager,
): Promise<{ readonly version: string; readonly kind: 'default' | 'trained' }> {
  const rows = await manager.query<{ version: string; kind: 'default' | 'trained' }[]>(
    "SELECT version, kind FROM match_model WHERE status = 'active'",
  );
  return rows[0] ?? { version: MATCH_MODEL_VERSION, kind: 'default' };
}
