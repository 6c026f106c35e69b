import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import type { Capability, Need } from '../entities/market.entity.js';
import type { ExpertWork } from '#libs/domain/market/record-kinds.js';
import type { Indicator } from '../entities/market-records.entity.js';

export type StoredIndicator = Pick<Indicator, 'name' | 'comparator' | 'value' | 'valueHigh' | 'unit' | 'raw'>;

interface Attached {
  organisationName: string | null;
  indicators: StoredIndicator[];
  /** Of an expert; empty for everything else. */
  works: ExpertWork[];
}
/** A record as the market loads it. `original` (the imported row) stays in the database: it holds sealed words. */
export type NeedRecord = Omit<Need, 'original'> & Omit<Attached, 'works'>;
export type CapabilityRecord = Omit<Capability, 'original'> & Attached;
export interface MarketRecords {
  need: NeedRecord;
  capability: CapabilityRecord;
}

const COLUMNS = [
  'id',
  'externalSource',
  'externalNo',
  'organisationId',
  'createdBy',
  'status',
  'missing',
  'title',
  'keyTech',
  'publicSummary',
  'keywords',
  'fields',
  'regionCode',
  'trlScheme',
  'disclosure',
  'contactName',
  'contactPhone',
  'contactEmail',
  'version',
  'submittedAt',
  'publishedAt',
  'createdAt',
  'updatedAt',
] as const;

interface MarketTable {
  readonly table: string;
  /** Column of `indicator` and `match` that refers to the record. */
  readonly reference: string;
  readonly numberColumn: string;
  readonly numberPrefix: string;
  readonly columns: readonly string[];
  /** Codes shown on a card beside the common ones. */
  readonly cardColumns: readonly string[];
  readonly recordKindColumn: string;
  readonly kindColumn: string;
  readonly modesColumn: string;
}

/** How the two kinds lie in the database: the same shape under different names. */
export const MARKET_TABLES: Record<SubjectKind, MarketTable> = {
  need: {
    table: 'need',
    reference: 'need_id',
    numberColumn: 'need_no',
    numberPrefix: 'N',
    recordKindColumn: 'request_kind',
    kindColumn: 'need_kind',
    modesColumn: 'solve_modes',
    cardColumns: ['requestKind', 'facts', 'needNo', 'needKind', 'solveModes', 'targetTrl'],
    columns: [
      ...COLUMNS,
      'requestKind',
      'facts',
      'needNo',
      'problem',
      'expectedGoal',
      'existingBasis',
      'needKind',
      'solveModes',
      'activityType',
      'industry',
      'targetTrl',
      'budgetMinWan',
      'budgetMaxWan',
      'budgetNegotiable',
      'periodStart',
      'periodEnd',
      'expiresAt',
      'preferredPartner',
      'source',
    ],
  },
  capability: {
    table: 'capability',
    reference: 'capability_id',
    numberColumn: 'capability_no',
    numberPrefix: 'C',
    recordKindColumn: 'offer_kind',
    kindColumn: 'kind',
    modesColumn: 'transfer_modes',
    cardColumns: ['offerKind', 'facts', 'capabilityNo', 'kind', 'stage', 'transferModes', 'trl'],
    columns: [
      ...COLUMNS,
      'offerKind',
      'facts',
      'capabilityNo',
      'abstract',
      'market',
      'useState',
      'kind',
      'form',
      'stage',
      'trl',
      'transferModes',
      'priceMinWan',
      'priceMaxWan',
      'priceNegotiable',
      'level',
      'ip',
      'people',
    ],
  },
};

/** Columns of type date, which leave as YYYY-MM-DD. */
const DAYS: ReadonlySet<string> = new Set(['periodStart', 'periodEnd', 'expiresAt']);

export const snakeName = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `s.need_no AS "needNo", ...` for a table with the alias `s`. */
export const selectFields = (fields: readonly string[]): string =>
  fields.map((field) => `s.${snakeName(field)}${DAYS.has(field) ? '::text' : ''} AS "${field}"`).join(', ');
