/** The two kinds of records on the market: what enterprises look for and what institutes offer. */
export type SubjectKind = 'need' | 'capability';

/**
 * How much of a record an actor may read: nothing; the redacted version; everything but contact and money;
 * everything.
 */
export type DisclosureLevel = 'none' | 'redacted' | 'full' | 'sealed-too';

interface FieldsByLevel {
  /** Readable by everybody who may see the record at all. */
  readonly open: readonly string[];
  /** The full text and what points to the organisation: sealed in the redacted version. */
  readonly full: readonly string[];
  /** Contact and money: sealed for everybody without a grant. */
  readonly sealed: readonly string[];
}

const OPEN = [
  'id',
  'status',
  'title',
  'publicSummary',
  'keywords',
  'fields',
  'regionCode',
  'trlScheme',
  'disclosure',
  'version',
  'publishedAt',
  'createdAt',
  'updatedAt',
] as const;
const FULL = [
  'organisationId',
  'organisationName',
  'externalSource',
  'externalNo',
  'keyTech',
  'indicators',
] as const;
const CONTACT = ['contactName', 'contactPhone', 'contactEmail'] as const;

/** Every readable field of a record, sorted by the level from which it is readable. */
export const FIELDS_BY_LEVEL = {
  need: {
    open: [...OPEN, 'requestKind', 'needNo', 'needKind', 'targetTrl', 'expiresAt'],
    full: [
      ...FULL,
      'facts',
      'problem',
      'expectedGoal',
      'existingBasis',
      'solveModes',
      'activityType',
      'industry',
      'periodStart',
      'periodEnd',
      'preferredPartner',
      'source',
    ],
    sealed: [...CONTACT, 'budgetMinWan', 'budgetMaxWan', 'budgetNegotiable'],
  },
  capability: {
    open: [...OPEN, 'offerKind', 'capabilityNo', 'kind', 'form', 'stage', 'trl'],
    full: [
      ...FULL,
      'facts',
      'works',
      'abstract',
      'market',
      'useState',
      'transferModes',
      'level',
      'ip',
      'people',
    ],
    sealed: [...CONTACT, 'priceMinWan', 'priceMaxWan', 'priceNegotiable'],
  },
} as const satisfies Record<SubjectKind, FieldsByLevel>;

/** Names of the fields that stay hidden at a level, in the order of the table. */
export function sealedFields(kind: SubjectKind, level: DisclosureLevel): string[] {
  const { open, full, sealed } = FIELDS_BY_LEVEL[kind];
  if (level === 'sealed-too') return [];
  if (level === 'full') return [...sealed];
  return level === 'redacted' ? [...full, ...sealed] : [...open, ...full, ...sealed];
}
