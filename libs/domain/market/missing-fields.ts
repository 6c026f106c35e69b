import type { OfferFacts, OfferKind, RequestFacts, RequestKind } from './record-kinds.js';

interface Contact {
  readonly contactName: string | null;
  readonly contactPhone: string | null;
  readonly contactEmail: string | null;
}
interface Described extends Contact {
  readonly title: string;
  readonly keywords: readonly string[];
  readonly fields: readonly string[];
  readonly regionCode: string | null;
  readonly disclosure: string;
  readonly publicSummary: string | null;
}

/** What decides whether a need is complete; of a technology need the fields marked * in the collection form. */
export interface NeedContent extends Described {
  /** Absent means technology. */
  readonly requestKind?: RequestKind;
  readonly facts?: RequestFacts;
  readonly budgetMaxWan?: number | null;
  readonly periodEnd?: string | null;
  readonly problem: string | null;
  readonly keyTech: string | null;
  readonly expectedGoal: string | null;
  readonly needKind: string | null;
  readonly activityType: string | null;
  readonly solveModes: readonly string[];
}

/** What decides whether a capability is complete. */
export interface CapabilityContent extends Described {
  /** Absent means achievement. */
  readonly offerKind?: OfferKind;
  readonly facts?: OfferFacts;
  readonly abstract: string | null;
  readonly keyTech: string | null;
  readonly kind: string | null;
  readonly stage: string | null;
  readonly transferModes: readonly string[];
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' ? value.trim() === '' : isEmptyList(value));
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Fields of a form; those of its kind's facts begin with `facts.`. */
type Required<Row> = readonly ((keyof Row & string) | `facts.${string}`)[];

function valueOf(row: Described & { readonly facts?: object }, field: string): unknown {
  const name = /^facts\.(.+)$/.exec(field)?.[1];
  return Object.entries(name === undefined ? row : (row.facts ?? {})).find(
    ([key]) => key === (name ?? field),
  )?.[1];
}

function emptyOf<Row extends Described>(row: Row, required: Required<Row>): string[] {
  const missing: string[] = required.filter((field) => isEmpty(valueOf(row, field)));
  // A redacted record shows nothing but its summary, so it needs one.
  if (row.disclosure === 'redacted' && isEmpty(row.publicSummary)) missing.push('publicSummary');
  if (isEmpty(row.contactName)) missing.push('contactName');
  // One way to reach the contact is enough.
  if (isEmpty(row.contactPhone) && isEmpty(row.contactEmail)) missing.push('contactPhone');
  return missing;
}

const NEEDED: Readonly<Record<RequestKind, Required<NeedContent>>> = {
  technology: [
    'title',
    'needKind',
    'fields',
    'keywords',
    'regionCode',
    'activityType',
    'problem',
    'keyTech',
    'expectedGoal',
    'solveModes',
  ],
  outreach: ['title', 'regionCode', 'problem', 'facts.grades', 'facts.venues', 'facts.pupils', 'periodEnd'],
  financing: [
    'title',
    'regionCode',
    'problem',
    'budgetMaxWan',
    'facts.financingKinds',
    'facts.enterpriseStage',
    'facts.revenueBand',
    'facts.termMonths',
  ],
};

const OFFERED: Readonly<Record<OfferKind, Required<CapabilityContent>>> = {
  achievement: [
    'title',
    'kind',
    'fields',
    'keywords',
    'regionCode',
    'abstract',
    'keyTech',
    'stage',
    'transferModes',
  ],
  expert: ['title', 'fields', 'keywords', 'regionCode', 'abstract', 'transferModes', 'facts.titleLevel'],
  lesson: [
    'title',
    'fields',
    'keywords',
    'regionCode',
    'abstract',
    'facts.grades',
    'facts.venues',
    'facts.pupilsMax',
  ],
  'finance-product': [
    'title',
    'regionCode',
    'abstract',
    'facts.financingKinds',
    'facts.amountMaxWan',
    'facts.securities',
    'facts.stages',
  ],
};

/** Names of the required fields of a need that are still empty, in the order of the form of its kind. */
export const missingNeedFields = (need: NeedContent): string[] =>
  emptyOf(need, NEEDED[need.requestKind ?? 'technology']);

/** Names of the required fields of a capability that are still empty, in the order of the form of its kind. */
export const missingCapabilityFields = (capability: CapabilityContent): string[] =>
  emptyOf(capability, OFFERED[capability.offerKind ?? 'achievement']);
