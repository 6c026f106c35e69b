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

/** What decides whether a technology need is complete; fields marked * in the collection form. */
export interface NeedContent extends Described {
  readonly problem: string | null;
  readonly keyTech: string | null;
  readonly expectedGoal: string | null;
  readonly needKind: string | null;
  readonly activityType: string | null;
  readonly solveModes: readonly string[];
}

/** What decides whether a capability is complete. */
export interface CapabilityContent extends Described {
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

function emptyOf<Row extends Described>(row: Row, required: readonly (keyof Row & string)[]): string[] {
  const missing: string[] = required.filter((field) => isEmpty(row[field]));
  // A redacted record shows nothing but its summary, so it needs one.
  if (row.disclosure === 'redacted' && isEmpty(row.publicSummary)) missing.push('publicSummary');
  if (isEmpty(row.contactName)) missing.push('contactName');
  // One way to reach the contact is enough.
  if (isEmpty(row.contactPhone) && isEmpty(row.contactEmail)) missing.push('contactPhone');
  return missing;
}

/** Names of the required fields of a need that are still empty, in the order of the form. */
export function missingNeedFields(need: NeedContent): string[] {
  return emptyOf(need, [
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
  ]);
}

/** Names of the required fields of a capability that are still empty, in the order of the form. */
export function missingCapabilityFields(capability: CapabilityContent): string[] {
  return emptyOf(capability, [
    'title',
    'kind',
    'fields',
    'keywords',
    'regionCode',
    'abstract',
    'keyTech',
    'stage',
    'transferModes',
  ]);
}
