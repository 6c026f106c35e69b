import type { EntityManager } from 'typeorm';
import { bandsOf, findNearDuplicates, gramsOf } from '#libs/domain/matching/near-duplicates.js';
import {
  loadComparedTexts,
  loadUnsigned,
  type DuplicateKind,
} from '#libs/persistence/matching/duplicate-texts.js';
import {
  dropOldSignatures,
  findMates,
  storeDuplicates,
  storeSignatures,
} from '#libs/persistence/matching/store-duplicates.js';
import type { Transactions } from '#libs/platform/database/transactions.js';

/** Small enough that other work of the process has its turn between two. */
const BATCH = 100;

/**
 * Finds near-identical records before a match run uses them: those of the run's subject, or all that changed since they
 * were last compared. A batch per transaction; what a crash left over is found by the next run.
 */
export async function findDuplicates(transactions: Transactions, runId: string): Promise<void> {
  const [run] = await transactions.manager.query<
    { scope: 'all' | DuplicateKind; subject_id: string | null }[]
  >("SELECT scope, subject_id FROM match_run WHERE id = $1 AND status IN ('queued', 'running')", [runId]);
  if (run === undefined) return;
  const kinds: DuplicateKind[] = run.scope === 'all' ? ['need', 'capability'] : [run.scope];
  for (const kind of kinds) {
    if (run.scope === 'all') await dropOldSignatures(transactions.manager, kind);
    let only = run.subject_id === null ? null : [run.subject_id];
    for (;;) {
      const lost = await transactions.run(({ manager }) => compareBatch(manager, kind, only));
      if (lost === null) break;
      if (only !== null) only = lost;
    }
  }
}

/** Compares the next records; null when none is left, otherwise what is to be compared again. */
async function compareBatch(
  manager: EntityManager,
  kind: DuplicateKind,
  only: readonly string[] | null,
): Promise<string[] | null> {
  // One worker at a time: two batches side by side would not see each other's signatures.
  await manager.query("SELECT pg_advisory_xact_lock(hashtext('near-duplicates'), hashtext($1))", [kind]);
  const records = await loadUnsigned(manager, kind, only, BATCH);
  if (records.length === 0) return null;
  const ids = records.map(({ id }) => id);
  await storeSignatures(
    manager,
    kind,
    records.map(({ id, version, text }) => ({ recordId: id, version, bands: bandsOf(gramsOf(text)) })),
  );
  const mates = await loadComparedTexts(manager, kind, await findMates(manager, kind, ids));
  return storeDuplicates(manager, kind, ids, findNearDuplicates([...records, ...mates]));
}
