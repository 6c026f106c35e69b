import { FIELDS_BY_LEVEL, sealedFields, type DisclosureLevel, type SubjectKind } from './market-fields.js';

/** A record of which the hidden fields are null; `sealed` names them, whether or not they were filled in. */
export type Reduced<Row extends object> = { [Key in keyof Row]: Row[Key] | null } & { sealed: string[] };

/**
 * The part of a record that may be read at a level; null when that is nothing. Fields that the table of levels does
 * not know are hidden below `sealed-too`, so that a new column is sealed until somebody decides otherwise.
 */
export function reduceRecord<Row extends object>(
  kind: SubjectKind,
  row: Row,
  level: DisclosureLevel,
): Reduced<Row> | null {
  if (level === 'none') return null;
  const { open, full } = FIELDS_BY_LEVEL[kind];
  const readable = new Set<string>(level === 'redacted' ? open : [...open, ...full]);
  const entries = Object.entries(row).map(([field, value]): [string, unknown] => [
    field,
    level === 'sealed-too' || readable.has(field) ? value : null,
  ]);
  return { ...Object.fromEntries(entries), sealed: sealedFields(kind, level) } as Reduced<Row>;
}
