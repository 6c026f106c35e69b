import { EntitySchema } from 'typeorm';
import { createdAt, integer, json, uuid } from '../columns.js';

/** The last transaction that changed a capability or its indicators, deletion included; kept by triggers. */
export interface CapabilityChange {
  capabilityId: string;
  /** 64-bit transaction id, as a decimal string. */
  changedXid: string;
}
export const CapabilityChangeEntity = new EntitySchema<CapabilityChange>({
  name: 'capability_change',
  columns: {
    capabilityId: uuid({ primary: true }),
    changedXid: { type: 'bigint' },
  },
  indices: [{ name: 'capability_change_xid', columns: ['changedXid'] }],
});

/** Statistics of the published capabilities; the newest are those that all workers score by. */
export interface MatchStatistics {
  /** Milliseconds since 1970 when they were taken, as a decimal string: larger is newer, unique across databases. */
  version: string;
  documents: number;
  /** Mean tokens of title, keywords, text. */
  meanLengths: number[];
  /** Gzip of the encoded statistics. */
  terms: Buffer;
  /** The changes that are counted: text of a pg_snapshot. */
  takenSnapshot: string;
  createdAt: Date;
}
export const MatchStatisticsEntity = new EntitySchema<MatchStatistics>({
  name: 'match_statistics',
  columns: {
    version: { type: 'bigint', primary: true },
    documents: integer(),
    meanLengths: { type: 'double precision', array: true },
    terms: { type: 'bytea' },
    takenSnapshot: { type: 'text' },
    createdAt: createdAt(),
  },
});

/** What learned ranking reads of the whole market, for one version of the statistics. */
export interface MatchCorpus {
  /** As in match_statistics. */
  statisticsVersion: string;
  /** Documents and document frequencies of the published needs. */
  needCounts: Record<string, unknown>;
  /** The semantic space, encoded. */
  semantic: Buffer;
  createdAt: Date;
}
export const MatchCorpusEntity = new EntitySchema<MatchCorpus>({
  name: 'match_corpus',
  columns: {
    statisticsVersion: { type: 'bigint', primary: true },
    needCounts: json(),
    semantic: { type: 'bytea' },
    createdAt: createdAt(),
  },
});
