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
/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

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
    if (run.subject_id === null) await compareAll(transactions, kind);
    else await compareSome(transactions, kind, [run.subject_id]);
  }
}

/** All that changed, in id order; again from the start when a batch has put back what lies before it. */
async function compareAll(transactions: Transactions, kind: DuplicateKind): Promise<void> {
  let after = FIRST;
  let isBehind = false;
  for (;;) {
    const batch = await transactions.run(({ manager }) => compareBatch(manager, kind, { only: null, after }));
    if (batch === null && !isBehind) return;
    after = batch?.last ?? FIRST;
    isBehind = batch !== null && (isBehind || batch.lost.some((id) => id <= batch.last));
  }
}

async function compareSome(
  transactions: Transactions,
  kind: DuplicateKind,
  ids: readonly string[],
): Promise<void> {
  let only = ids;
  for (;;) {
    const batch = await transactions.run(({ manager }) =>
      compareBatch(manager, kind, { only, after: FIRST }),
    );
    if (batch === null) return;
    only = batch.lost;
  }
}

interface ComparedBatch {
  /** The highest id compared. */
  readonly last: string;
  /** Records that are to be compared again. */
  readonly lost: readonly string[];
}

/** Compares the next records; null when none is left. */
async function compareBatch(
  manager: EntityManager,
  kind: DuplicateKind,
  which: { readonly only: readonly string[] | null; readonly after: string },
): Promise<ComparedBatch | null> {
  // One worker at a time: two batches side by side would not see each other's signatures.
  await manager.query("SELECT pg_advisory_xact_lock(hashtext('near-duplicates'), hashtext($1))", [kind]);
  const records = await loadUnsigned(manager, kind, which, BATCH);
  const last = records.at(-1)?.id;
  if (last === undefined) return null;
  const ids = records.map(({ id }) => id);
  const signed = records.map((record) => ({ ...record, bands: bandsOf(gramsOf(record.text)) }));
  await storeSignatures(
    manager,
    kind,
    signed.map(({ id, version, bands }) => ({ recordId: id, version, bands })),
  );
  const mates = await loadComparedTexts(manager, kind, await findMates(manager, kind, ids));
  const lost = await storeDuplicates(manager, kind, ids, findNearDuplicates([...signed, ...mates]));
  return { last, lost };
}
