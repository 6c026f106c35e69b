import type { FieldSpec } from './market-kind.js';

type Row = Readonly<Record<string, unknown>>;

const factsOf = (row: Row): Row => (row['facts'] as Row | null | undefined) ?? {};

/** What a record holds in a field of its form. */
export const fieldValue = (row: Row, { name, fact }: FieldSpec): unknown =>
  fact === true ? factsOf(row)[name] : row[name];

/** The part of a record that changes when a field gets this value. */
export const fieldPart = (row: Row, { name, fact }: FieldSpec, value: unknown): Row =>
  fact === true ? { facts: { ...factsOf(row), [name]: value } } : { [name]: value };

/** Name under which a field is missing or refused. */
export const fieldKey = ({ name, fact }: FieldSpec): string => (fact === true ? `facts.${name}` : name);

/** The key of the field that a problem is about: `indicators.0.name` is `indicators`. */
export const keyOfProblem = (path: string): string =>
  (path.startsWith('facts.') ? /^facts\.[^.]+/ : /^[^.]+/).exec(path)?.[0] ?? path;

/** Whether the reader may not see a field. */
export const isSealed = (sealed: readonly string[], { name, fact }: FieldSpec): boolean =>
  sealed.includes(fact === true ? 'facts' : name);
