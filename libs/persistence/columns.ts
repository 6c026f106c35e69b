import type { EntitySchemaColumnOptions, ValueTransformer } from 'typeorm';

type Options = Partial<EntitySchemaColumnOptions>;

const numeric: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};

/** Column shapes used by every entity, so that a table reads as a list of fields. Nullable is always said. */
export const id = (): EntitySchemaColumnOptions => ({
  type: 'uuid',
  primary: true,
  default: () => 'uuidv7()',
});
export const uuid = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'uuid', ...options });
export const text = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'text', ...options });
export const texts = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'text',
  array: true,
  default: () => "'{}'",
  ...options,
});
export const integer = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'integer',
  ...options,
});
export const bool = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'boolean',
  default: false,
  ...options,
});
export const time = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'timestamptz',
  ...options,
});
/** A calendar day, `YYYY-MM-DD`. */
export const day = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'date', ...options });
export const json = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'jsonb', ...options });
/** Money in yuan with two decimals; a decimal string in code, never a float. */
export const amount = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'numeric',
  precision: 18,
  scale: 2,
  ...options,
});
/** A measured quantity; a number in code. */
export const quantity = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'double precision',
  transformer: numeric,
  ...options,
});
export const createdAt = (): EntitySchemaColumnOptions => ({ type: 'timestamptz', default: () => 'now()' });

const quote = (name: string) => `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;

/** Foreign key without an object relation: entities refer to each other by id columns only. */
export const refersTo = (
  target: string,
  column: string,
  onDelete: 'CASCADE' | 'RESTRICT' | 'SET NULL' = 'RESTRICT',
): { target: string; columnNames: string[]; referencedColumnNames: string[]; onDelete: typeof onDelete } => ({
  target,
  columnNames: [column],
  referencedColumnNames: ['id'],
  onDelete,
});

/** `column in ('a', 'b')` for a check constraint. */
export const oneOf = (column: string, values: readonly string[]): string =>
  `${quote(column)} IN (${values.map((value) => `'${value}'`).join(', ')})`;
