import { codeLists } from '#libs/contracts/code-lists/read-code-lists.js';
import {
  expertWorks,
  FACT_LISTS,
  offerFactsOf,
  requestFactsOf,
} from '#libs/contracts/market/record-facts.js';
import { missingCapabilityFields, missingNeedFields } from '#libs/domain/market/missing-fields.js';
import { demoData } from '../demo-data.js';
import { demoKinds } from '../play-kinds.js';

const all = demoKinds.flatMap(({ kind, records }) => records.map((record) => ({ kind, record })));
const CONTACT = {
  contactName: 'n',
  contactPhone: '1',
  contactEmail: null,
  disclosure: 'public',
  publicSummary: null,
};
const codesOf = (list: string) =>
  new Set(codeLists.find((each) => each.list === list)?.items.map(({ code }) => code));

test('the bureau has records of every kind', () => {
  expect(demoKinds.map(({ kind, records }) => [Object.values(kind)[0], records.length])).toEqual([
    ['expert', 12],
    ['lesson', 12],
    ['finance-product', 8],
    ['outreach', 6],
    ['financing', 5],
  ]);
});

test('keys and titles are unique, and records are written by members of their organisation', () => {
  const others = [...demoData.needs, ...demoData.capabilities];
  const records = [...others, ...all.map(({ record }) => record)];
  expect(new Set(records.map(({ key }) => key)).size).toBe(records.length);
  expect(new Set(records.map(({ title }) => title)).size).toBe(records.length);
  const strangers = all.filter(
    ({ record }) =>
      !demoData.people.some(
        ({ key, organisations }) =>
          key === record.author && organisations.some((place) => place.key === record.org),
      ),
  );
  expect(strangers.map(({ record }) => record.key)).toEqual([]);
});

test.each(all.map(({ kind, record }) => [record.key, kind, record] as const))(
  '%s states facts of its kind in known codes and lacks nothing but days',
  (_key, kind, record) => {
    const schema = 'offerKind' in kind ? offerFactsOf[kind.offerKind] : requestFactsOf[kind.requestKind];
    expect(schema.safeParse(record.facts).error?.issues).toBe(undefined);
    const unknown = Object.entries(record.facts).flatMap(([name, value]) => {
      const list = FACT_LISTS[name];
      const stated = [value].flat().filter((each) => typeof each === 'string');
      return list === undefined ? [] : stated.filter((code) => !codesOf(list).has(code));
    });
    expect(unknown).toEqual([]);
    const content = { keywords: [], fields: [], ...CONTACT, ...kind, ...record } as object;
    const missing =
      'offerKind' in kind
        ? missingCapabilityFields(content as Parameters<typeof missingCapabilityFields>[0])
        : missingNeedFields(content as Parameters<typeof missingNeedFields>[0]);
    expect(missing.filter((field) => field !== 'periodEnd')).toEqual([]);
    if ('works' in record) expect(expertWorks.safeParse(record.works).success).toBe(true);
  },
);
