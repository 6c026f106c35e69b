import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { capabilityText, needText } from '#libs/domain/matching/embedding/embedded-text.js';
import { EMBEDDED_KINDS, type EmbeddedKind } from '#libs/persistence/entities/text-embedding.entity.js';
import {
  noteAnswer,
  noteFailure,
  openEmbeddingModel,
  queueRunsOfEmbedded,
  type EmbeddingState,
} from '#libs/persistence/matching/embedding-models.js';
import { loadMatchCapabilities, loadMatchNeeds } from '#libs/persistence/matching/load-match-records.js';
import {
  anyUnembedded,
  confirmVersions,
  dropOldEmbeddings,
  findUnembedded,
  storedHashes,
  storeEmbeddings,
  type ReadText,
} from '#libs/persistence/matching/text-embeddings.js';
import type { Transactions } from '#libs/platform/database/transactions.js';
import { EmbeddingFailed, type EmbeddingEndpoint } from './embedding-endpoint.js';

export interface EmbeddingContext {
  readonly transactions: Transactions;
  readonly clock: () => Date;
  readonly endpoint: Pick<EmbeddingEndpoint, 'embed'>;
  readonly model: string;
  /** Texts per request. */
  readonly batch: number;
}

interface Text extends ReadText {
  readonly text: string;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/**
 * Gives every record that takes part in matching a vector of its present text. What is done is in the rows: a second call,
 * or one after a crash, goes on with the rest. A failure is noted with the time of the next attempt, never thrown. Returns
 * the match runs to wake, once all is done.
 */
export async function embedTexts(context: EmbeddingContext): Promise<string[]> {
  const { transactions, clock, model } = context;
  const { manager } = transactions;
  const state = await openEmbeddingModel(manager, model, clock());
  if (isResting(state, clock())) return [];
  try {
    for (const kind of EMBEDDED_KINDS) await embedKind(context, state, kind);
  } catch (error) {
    if (!(error instanceof EmbeddingFailed)) throw error;
    const at = clock();
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(20, state.failures));
    const nextAttemptAt = new Date(at.getTime() + Math.max(pause, error.pauseMs ?? 0));
    await noteFailure(manager, state.id, { error: error.message, at, nextAttemptAt });
    return [];
  }
  if (await anyUnembedded(manager, model)) return [];
  return transactions.run(async ({ manager: own }) => {
    await dropOldEmbeddings(own, model);
    return queueRunsOfEmbedded(own, state, clock());
  });
}

export const isResting = ({ nextAttemptAt }: EmbeddingState, now: Date): boolean =>
  nextAttemptAt !== null && nextAttemptAt > now;

async function embedKind(
  context: EmbeddingContext,
  state: EmbeddingState,
  kind: EmbeddedKind,
): Promise<void> {
  const { transactions, model, batch } = context;
  const { manager } = transactions;
  let after = FIRST_ID;
  for (;;) {
    const ids = await findUnembedded(manager, kind, model, { after, limit: batch });
    if (ids.length === 0) return;
    after = ids.at(-1)!;
    const texts = await readTexts(manager, kind, ids);
    const hashes = await storedHashes(manager, kind, model, ids);
    const same = texts.filter(({ id, hash }) => hashes.get(id) === hash);
    await confirmVersions(manager, kind, model, same);
    const changed = texts.filter(({ id, hash }) => hashes.get(id) !== hash);
    if (changed.length > 0) await embedBatch(context, state, kind, changed);
  }
}

async function readTexts(
  manager: EntityManager,
  kind: EmbeddedKind,
  ids: readonly string[],
): Promise<Text[]> {
  const records =
    kind === 'need'
      ? (await loadMatchNeeds(manager, ids)).map((need) => ({ ...need, given: needText(need) }))
      : (await loadMatchCapabilities(manager, ids)).map((record) => ({
          ...record,
          given: capabilityText(record),
        }));
  return records.map(({ id, version, given }) => ({
    id,
    version,
    text: given,
    hash: createHash('sha256').update(given).digest('hex'),
  }));
}

/** What a service that works takes. */
const PROBE = '技术';
/** Failures in a row after which an error that a text may have caused is looked into. */
const PATIENCE = 3;

/**
 * One request; when the texts may be to blame for its failure, one for each of them. What fails alone while the service takes
 * another text is left out until it is changed: the texts behind it are not held up.
 */
async function embedBatch(
  context: EmbeddingContext,
  state: EmbeddingState,
  kind: EmbeddedKind,
  texts: readonly Text[],
): Promise<void> {
  const { endpoint } = context;
  try {
    const vectors = await endpoint.embed(texts.map(({ text }) => text));
    await store(context, state, kind, { texts, vectors, width: vectors[0]!.length });
  } catch (error) {
    if (!(error instanceof EmbeddingFailed)) throw error;
    if (!error.refused && !(error.mayBeOfText && state.failures >= PATIENCE)) throw error;
    if (texts.length > 1) {
      for (const text of texts) await embedBatch(context, state, kind, [text]);
      return;
    }
    // Without a paid bill or a loaded model some services refuse everything: then this throws.
    const [probe] = await endpoint.embed([PROBE]);
    await store(context, state, kind, { texts, vectors: [new Float32Array(0)], width: probe!.length });
  }
}

async function store(
  { transactions, clock, model }: EmbeddingContext,
  { id }: EmbeddingState,
  kind: EmbeddedKind,
  /** `width` of what the service answers; of a text that is left out the vector is empty. */
  { texts, vectors, width }: { texts: readonly Text[]; vectors: readonly Float32Array[]; width: number },
): Promise<void> {
  await transactions.run(async ({ manager }) => {
    const { dimensions } = await openEmbeddingModel(manager, model, clock());
    if (dimensions !== null && dimensions !== width)
      throw new EmbeddingFailed(`dimensions:${width}/${dimensions}`, true);
    await noteAnswer(manager, id, width);
    const read = texts.map(({ id: recordId, version, hash }, place) => ({
      id: recordId,
      version,
      hash,
      vector: vectors[place]!,
    }));
    await storeEmbeddings(manager, kind, model, read, clock());
  });
}
