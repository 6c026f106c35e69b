import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { EmbeddingSettings } from '#config/config.js';
import { unitVector } from '#libs/domain/matching/embedding/closeness.js';
import { reasonOf } from '#libs/platform/server-unreachable.js';

const answerShape = z.object({
  data: z.array(z.object({ index: z.number().int().min(0), embedding: z.array(z.number()).min(1) })),
});

/** A request is tried so often before the job gives up until later, with pauses that double. */
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 200;
/** A service that asks for a longer pause is left alone until then. */
const LONGEST_PAUSE_MS = 2000;
/** The service does not take this text: too long, for example. */
const REFUSALS = new Set([400, 413, 422]);

/**
 * The service did not give vectors. `message` is a code for the page that shows it: `timeout`, `busy`, `http:500`,
 * `unreachable:ECONNREFUSED`, `malformed`, `refused:400`.
 */
export class EmbeddingFailed extends Error {
  override readonly name = 'EmbeddingFailed';

  constructor(
    message: string,
    /** Whether the same request may succeed later. */
    readonly passing: boolean,
    /** How long the service asks to be left alone. */
    readonly pauseMs: number | null = null,
  ) {
    super(message);
  }

  get refused(): boolean {
    return this.message.startsWith('refused:');
  }

  /** Some services break on a text, too long for example, instead of refusing it. */
  get mayBeOfText(): boolean {
    return this.message === 'malformed' || this.message === 'http:500';
  }
}

/** Seconds, or a date (RFC 9110 §10.2.3). */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** An OpenAI-compatible `/v1/embeddings`. */
export class EmbeddingEndpoint {
  constructor(private readonly settings: EmbeddingSettings) {}

  /** A unit vector per text, all of one width. Throws {@link EmbeddingFailed} after some attempts. */
  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.ask(texts);
      } catch (error) {
        if (!(error instanceof EmbeddingFailed) || !error.passing || attempt === ATTEMPTS) throw error;
        const wait = error.pauseMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1);
        if (wait > LONGEST_PAUSE_MS) throw error;
        await pause(wait);
      }
  }

  private async ask(texts: readonly string[]): Promise<Float32Array[]> {
    const body = await this.post(JSON.stringify({ model: this.settings.model, input: texts }));
    const parsed = answerShape.safeParse(body);
    if (!parsed.success) throw new EmbeddingFailed('malformed', true);
    const vectors: (number[] | undefined)[] = [];
    for (const { index, embedding } of parsed.data.data) vectors[index] = embedding;
    const width = vectors[0]?.length;
    return Array.from(texts, (_, place) => {
      const vector = vectors[place];
      if (vector === undefined || vector.length !== width) throw new EmbeddingFailed('malformed', true);
      return unitVector(vector);
    });
  }

  private async post(body: string): Promise<unknown> {
    const { url, key, timeoutMs } = this.settings;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key !== null && { authorization: `Bearer ${key}` }),
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.ok) return await response.json();
      await response.body?.cancel();
      throw failureOf(response);
    } catch (error) {
      if (error instanceof EmbeddingFailed) throw error;
      if (error instanceof SyntaxError) throw new EmbeddingFailed('malformed', true);
      if (error instanceof DOMException && error.name === 'TimeoutError')
        throw new EmbeddingFailed('timeout', false);
      // `fetch failed` says nothing; its cause does.
      const { cause } = error as { cause?: unknown };
      throw new EmbeddingFailed(`unreachable:${reasonOf(cause ?? error)}`, true);
    }
  }
}

function failureOf({ status, headers }: Response): EmbeddingFailed {
  if (REFUSALS.has(status)) return new EmbeddingFailed(`refused:${status}`, false);
  const pauseMs = retryAfter(headers.get('retry-after'));
  if (status === 429) return new EmbeddingFailed('busy', true, pauseMs);
  return new EmbeddingFailed(`http:${status}`, status >= 500, pauseMs);
}
