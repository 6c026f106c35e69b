import { randomUUID } from 'node:crypto';

export interface JsonSchema {
  readonly type?: string;
  readonly nullable?: boolean;
  readonly required?: readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly pattern?: string;
}

const OF_FORMAT: Record<string, () => string> = {
  uuid: () => randomUUID(),
  date: () => '2027-03-01',
  'date-time': () => '2027-03-01T02:00:00.000Z',
  email: () => 'nobody@test.example',
  uri: () => 'https://test.example/',
};

/**
 * A value that fits the schema, as far as the schema says it: with every property filled in, or with only those that
 * are required and null wherever null may be. Ids are of nothing.
 */
export function sampleOf(schema: JsonSchema, how: 'full' | 'least'): unknown {
  if (how === 'least' && schema.nullable === true) return null;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = schema.anyOf?.at(-1) ?? schema.oneOf?.[0];
  if (choice !== undefined) return sampleOf(choice, how);
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, how)));
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => how === 'full' || (schema.required?.includes(name) ?? false))
          .map(([name, property]) => [name, sampleOf(property, how)]),
      );
    case 'array':
      return how === 'least' && (schema.minItems ?? 0) === 0 ? [] : [sampleOf(schema.items ?? {}, how)];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case undefined:
    default:
      return textOf(schema);
  }
}

function textOf({ format, pattern, minLength }: JsonSchema): string {
  const known = OF_FORMAT[format ?? ''];
  if (known !== undefined) return known();
  if (pattern?.includes('\\d') === true) return '12';
  return 'x'.repeat(Math.max(minLength ?? 1, 1));
}
