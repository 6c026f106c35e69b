import { EntitySchema } from 'typeorm';
import { createdAt, id, integer, oneOf, text, time, uuid } from '../columns.js';

export const EMBEDDED_KINDS = ['need', 'capability'] as const;
export type EmbeddedKind = (typeof EMBEDDED_KINDS)[number];

/** A record's vector by one embedding model. */
export interface TextEmbedding {
  kind: EmbeddedKind;
  recordId: string;
  model: string;
  /** Version of the record whose text was read. */
  version: number;
  /** SHA-256 of the text, hexadecimal. */
  textHash: string;
  /** 0: the service refused this text. */
  dimensions: number;
  /** Unit length, half floats (binary16), little-endian. */
  vector: Buffer;
  embeddedAt: Date;
}
export const TextEmbeddingEntity = new EntitySchema<TextEmbedding>({
  name: 'text_embedding',
  columns: {
    kind: text({ primary: true }),
    recordId: uuid({ primary: true }),
    model: text({ primary: true }),
    version: integer(),
    textHash: text(),
    dimensions: integer(),
    vector: { type: 'bytea' },
    embeddedAt: createdAt(),
  },
  indices: [{ name: 'text_embedding_model', columns: ['model', 'embeddedAt'] }],
  checks: [
    { name: 'text_embedding_kind', expression: oneOf('kind', EMBEDDED_KINDS) },
    { name: 'text_embedding_width', expression: 'octet_length(vector) = 2 * dimensions' },
  ],
});

/** How embedding by a model goes on; the one that is configured is worked at. */
export interface EmbeddingModel {
  id: string;
  model: string;
  /** Null until the service has answered once. */
  dimensions: number | null;
  /** Requests in a row that failed. */
  failures: number;
  lastError: string | null;
  failedAt: Date | null;
  nextAttemptAt: Date | null;
  /** Vectors made since then have not been matched by. */
  matchedAt: Date;
  createdAt: Date;
}
export const EmbeddingModelEntity = new EntitySchema<EmbeddingModel>({
  name: 'embedding_model',
  columns: {
    id: id(),
    model: text(),
    dimensions: integer({ nullable: true }),
    failures: integer({ default: 0 }),
    lastError: text({ nullable: true }),
    failedAt: time({ nullable: true }),
    nextAttemptAt: time({ nullable: true }),
    matchedAt: createdAt(),
    createdAt: createdAt(),
  },
  uniques: [{ name: 'embedding_model_name', columns: ['model'] }],
});
