import type { MatchCapability, MatchNeed, MappedField } from './match-types.js';

type Fields = Pick<MatchCapability, 'fields'>;
type Asked = Pick<MatchNeed, 'fields' | 'mappedFields'>;

const NEUTRAL = 0.5;

/** How much a field found over a crosswalk counts of one that is stated in the same list. */
const CLOSENESS: Readonly<Record<MappedField['relation'], number>> = { exact: 1, close: 0.5, related: 0.25 };

/** Levels of `asked` from the root that `offered` has too, over the depth of `asked`: 0..1. */
function sharedDepth(asked: string, offered: string): number {
  const path = asked.split('.');
  const other = offered.split('.');
  let shared = 0;
  while (shared < path.length && path[shared] === other[shared]) shared += 1;
  return shared / path.length;
}

const nearest = (asked: string, { fields }: Fields): number =>
  Math.max(0, ...fields.map((offered) => sharedDepth(asked, offered)));

/** Of one list: 0 for nothing shared, else from ½ to 1; null when either side states none. */
function statedValue(need: Asked, capability: Fields): number | null {
  if (need.fields.length === 0) return null;
  const best = Math.max(...need.fields.map((asked) => nearest(asked, capability)));
  return best === 0 ? 0 : NEUTRAL + NEUTRAL * best;
}

/** Over a crosswalk: from ½ to 1, less the looser the relation; null for nothing shared, since a crosswalk leaves out much. */
function mappedValue(need: Asked, capability: Fields): number | null {
  const best = Math.max(
    0,
    ...(need.mappedFields ?? []).map(({ code, relation }) => CLOSENESS[relation] * nearest(code, capability)),
  );
  return best === 0 ? null : NEUTRAL + NEUTRAL * best;
}

/**
 * How near the fields of technology are: over the tree of their list, or over a crosswalk from what the need states in
 * another list, whichever is nearer. Null when nothing can be said.
 */
export function fieldValue(need: Asked, capability: Fields): number | null {
  if (capability.fields.length === 0) return null;
  const stated = statedValue(need, capability);
  const mapped = mappedValue(need, capability);
  return stated === null ? mapped : Math.max(stated, mapped ?? 0);
}

const nested = (a: string, b: string) => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

/** Pairs of codes of which one is the other or lies below it: the lower ones. */
function nestedFields(asked: readonly string[], offered: readonly string[]): string[] {
  const longer = (a: string, b: string) => (a.length >= b.length ? a : b);
  const codes = asked.flatMap((code) =>
    offered.filter((other) => nested(code, other)).map((other) => longer(code, other)),
  );
  return [...new Set(codes)].sort();
}

export const sharedFields = (need: Asked, capability: Fields): string[] =>
  nestedFields(need.fields, capability.fields);

/** What the need states in another list, and the fields of the capability that it stands for; none where one list is enough. */
export function crossedFields(
  need: Asked,
  capability: Fields,
): { list: string; from: string; codes: string[] }[] {
  if (sharedFields(need, capability).length > 0) return [];
  const sources = new Map<string, MappedField[]>();
  for (const mapped of need.mappedFields ?? []) {
    const key = `${mapped.list} ${mapped.from}`;
    sources.set(key, [...(sources.get(key) ?? []), mapped]);
  }
  return [...sources.values()].flatMap((mapped) => {
    const { list, from } = mapped[0]!;
    const codes = nestedFields(
      mapped.map(({ code }) => code),
      capability.fields,
    );
    return codes.length === 0 ? [] : [{ list, from, codes }];
  });
}
