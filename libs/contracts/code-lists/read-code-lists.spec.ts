import { codeListFile, codeLists, crosswalks } from './read-code-lists.js';

const codesOf = (list: string): Set<string> =>
  new Set(codeLists.find((each) => each.list === list)?.items.map((item) => item.code));

test('list names are unique and the lists are complete', () => {
  const names = codeLists.map((each) => each.list);
  expect(names.length).toBe(new Set(names).size);
  expect(names.length).toBe(38);
});

test.each(codeLists.map((each) => [each.list, each] as const))('%s is well formed', (_name, list) => {
  const codes = list.items.map((item) => item.code);
  const known = new Set(codes);
  expect(codes.length).toBe(known.size);
  const orphans = list.items.filter((item) => item.parent !== null && !known.has(item.parent));
  expect(orphans).toEqual([]);
  expect(list.items.filter((item) => item.parent === item.code)).toEqual([]);
  const untranslated = list.items.filter(
    (item) => !/\p{Script=Han}/u.test(item.zh) || /\p{Script=Han}/u.test(item.en),
  );
  expect(untranslated).toEqual([]);
});

test('names are distinct among the children of one parent', () => {
  const repeated = codeLists.flatMap((list) => {
    const seen = new Set<string>();
    return list.items
      .map((item) => `${list.list}/${item.parent ?? ''}/${item.zh}`)
      .filter((name) => (seen.has(name) ? true : (seen.add(name), false)));
  });
  expect(repeated).toEqual([]);
});

test('the maturity scales are numbered without gaps', () => {
  const numbers = (length: number): string[] => Array.from({ length }, (_, i) => String(i + 1));
  expect([...codesOf('trl-iso')]).toEqual(numbers(9));
  expect([...codesOf('trl-gbt22900')]).toEqual(numbers(13));
});

test.each(crosswalks.map((each) => [`${each.from} to ${each.to}`, each] as const))(
  'crosswalk %s uses existing codes once and covers its source list unless it says so',
  (_name, crosswalk) => {
    const from = codesOf(crosswalk.from);
    const to = codesOf(crosswalk.to);
    expect(crosswalk.pairs.filter(([a, b]) => !from.has(a) || !to.has(b))).toEqual([]);
    expect(new Set(crosswalk.pairs.map(([a, b]) => `${a} ${b}`)).size).toBe(crosswalk.pairs.length);
    const covered = new Set(crosswalk.pairs.map(([a]) => a));
    expect(covered.size === from.size).toBe(crosswalk.partial !== true);
  },
);

test('a malformed file is refused', () => {
  const list = structuredClone(codeLists[0]);
  expect(codeListFile.safeParse(list).success).toBe(true);
  expect(codeListFile.safeParse({ ...list, items: [] }).success).toBe(false);
  expect(codeListFile.safeParse({ ...list, version: 'latest' }).success).toBe(false);
});
