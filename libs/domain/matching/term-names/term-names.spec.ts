import fc from 'fast-check';
import { buildQuery } from '../build-query.js';
import { CapabilityIndex } from '../index/capability-index.js';
import { DEFAULT_MODEL } from '../learning/default-model.js';
import { LearnedRanking } from '../learning/learned-ranking.js';
import { openLearnedCorpus } from '../learning/open-corpus.js';
import type { MatchCapability, MatchNeed } from '../match-types.js';
import { normaliseText, oneNameText, originOf, originOfEnd, traceText } from '../normalise-text.js';
import { readNeedWords, sharedTerms } from '../shared-terms.js';
import { uncoveredTerms } from '../uncovered-terms.js';
import { otherNamesIn, TERM_GROUPS, withFirstNames } from './term-names.js';

const spelled = (name: string) => name.normalize('NFKC').toLowerCase();

test('each name stands for one term, and is written in simplified characters', () => {
  const owners = new Map<string, string>();
  const problems = TERM_GROUPS.flatMap((group) => [
    ...(group.length < 2 ? [`${group[0]}: one name`] : []),
    ...group.flatMap((name) => {
      const before = owners.get(spelled(name));
      owners.set(spelled(name), group[0]!);
      return [
        ...(before === undefined ? [] : [`${name}: of ${before} and of ${group[0]}`]),
        ...(normaliseText(name) === spelled(name) && name === name.trim() ? [] : [`${name}: spelling`]),
        ...(name.length >= 2 ? [] : [`${name}: too short`]),
      ];
    }),
  ]);
  expect(problems).toEqual([]);
});

test('every name is read as the first one, and that stays', () => {
  const problems = TERM_GROUPS.flatMap(([first, ...others]) =>
    [first!, ...others].flatMap((name) => {
      const read = withFirstNames(spelled(name));
      return read === spelled(first!) && withFirstNames(read) === read ? [] : [`${name} → ${read}`];
    }),
  );
  expect(problems).toEqual([]);
});

test('Latin names are words of their own, with a plural s or a hyphen for a blank; Han names stand anywhere', () => {
  expect(withFirstNames('agvs、magv、agvx、mes/erp')).toBe(
    '自动导引车、magv、agvx、制造执行系统/企业资源计划',
  );
  expect(withFirstNames('additive-manufacturing')).toBe('增材制造');
  expect(withFirstNames('金属3d打印件')).toBe('金属增材制造件');
  // The longest of two.
  expect([withFirstNames('磷酸铁锂电池'), withFirstNames('锂电池')]).toEqual([
    '磷酸铁锂离子电池',
    '锂离子电池',
  ]);
});

test('what names a term is found by its abbreviations, and by names that are written otherwise', () => {
  expect(otherNamesIn('自动导引车').split('\n')).toContain('agv');
  expect(otherNamesIn('agvs').split('\n')).toContain('自动导引车');
  expect(otherNamesIn('3d打印')).toContain('增材制造');
  expect(otherNamesIn('增材制造')).toContain('3d打印');
  // These find each other by their characters.
  expect(otherNamesIn('锂电池')).toBe('');
  expect(otherNamesIn('茶叶杀青')).toBe('');
});

test('offsets of a name lead to the whole of what was written', () => {
  const written = '含ＶＯＣｓ废气';
  const traced = traceText(written);
  expect(traced.text).toBe('含挥发性有机物废气');
  for (const [from, to] of [
    [1, 7],
    [4, 7],
    [2, 4],
  ] as const)
    expect(written.slice(originOf(traced, from), originOfEnd(traced, to))).toBe('ＶＯＣｓ');
  expect(written.slice(originOf(traced, 5), originOfEnd(traced, 9))).toBe('ＶＯＣｓ废气');
  expect(written.slice(originOf(traced, 0), originOfEnd(traced, 1))).toBe('含');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('AGV', '自动导引车', '水', '㎏', '導', ' '), { maxLength: 6 }),
      (parts) => {
        const original = parts.join('');
        const { text, origins } = traceText(original);
        expect(text).toBe(oneNameText(original));
        expect(origins?.at(-1) ?? text.length).toBe(original.length);
      },
    ),
  );
});

const stated = {
  version: 1,
  organisationId: null,
  fields: [],
  regionCode: null,
  trlScheme: null,
  indicators: [],
  keywords: [],
};
const need = (title: string): MatchNeed => ({
  ...stated,
  id: 'n',
  title,
  body: '',
  targetTrl: null,
  solveModes: [],
  expiresAt: null,
});
const offer = (id: string, title: string): MatchCapability => ({
  ...stated,
  id,
  title,
  text: '',
  trl: null,
  transferModes: [],
});
const MARKET = ['挥发性有机物催化燃烧', '自动导引车调度', '激光焊接头', '制造业数字化服务', '茶叶杀青'];

function explain(asked: MatchNeed, title: string) {
  const index = new CapabilityIndex([...MARKET, title].map((text, at) => offer(`c${at}`, text)));
  const offered = offer('c', title);
  const query = buildQuery(asked);
  const words = readNeedWords(asked);
  return {
    shared: sharedTerms(words, offered, query, index).map((shared) => [
      shared.term,
      shared.also ?? '',
      ...shared.needPositions.map(({ start, end }) => asked.title.slice(start, end)),
      ...shared.capabilityPositions.map(({ start, end }) => title.slice(start, end)),
    ]),
    missing: uncoveredTerms(asked, offered, query, index),
  };
}

test('a term is found by another of its names, and shown as each side wrote it', () => {
  expect(explain(need('VOCs废气治理'), '挥发性有机物催化燃烧')).toEqual({
    shared: [['VOCs', '挥发性有机物', 'VOCs', '挥发性有机物']],
    missing: ['废气治理'],
  });
  expect(explain(need('自动导引车路径规划'), 'AGV路径规划').shared).toEqual([
    ['自动导引车路径规划', 'AGV路径规划', '自动导引车路径规划', 'AGV路径规划'],
  ]);
  expect(explain(need('MES'), '离散车间制造执行系统')).toEqual({
    shared: [['MES', '制造执行系统', 'MES', '制造执行系统']],
    missing: [],
  });
  // Words around a name go with it, though a part of the name says nothing by itself.
  expect(explain(need('机加工车间MES系统'), '机加工车间制造执行系统').shared).toEqual([
    ['机加工车间MES系统', '机加工车间制造执行系统', '机加工车间MES系统', '机加工车间制造执行系统'],
  ]);
  // A plural or a hyphen is no other name.
  expect(explain(need('sensors Wi-Fi'), 'WiFi sensor').shared.map(([, also]) => also)).toEqual(['', '']);
  // A part of what an abbreviation stands for is not the abbreviation.
  const part = explain(need('MES'), '制造业数字化服务');
  expect(part.shared.map(([term]) => term)).not.toContain('MES');
  expect(part.shared.every(([, also]) => also === '')).toBe(true);
  expect(part.missing).toEqual(['MES']);
});

test('marks of shared names lead to a name on either side, whatever stands around it', () => {
  const part = fc.constantFrom(
    'VOCs',
    '挥发性有机物',
    'MES',
    '制造执行系统',
    '3D打印',
    '增材制造',
    '废气',
    '系统',
    ' ',
    '、',
  );
  const title = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(title, title, (asked, offered) => {
      for (const [term, , ...marked] of explain(need(asked), offered).shared) {
        expect(marked.length).toBeGreaterThanOrEqual(2);
        for (const written of marked) expect(oneNameText(written)).toContain(oneNameText(term!));
      }
    }),
  );
});

test('what names the term otherwise is ranked first', () => {
  const market = MARKET.map((title, at) => offer(`c${at}`, title));
  const index = new CapabilityIndex(market);
  const reader = openLearnedCorpus(index, [], market, DEFAULT_MODEL.needCounts);
  const ranking = new LearnedRanking(DEFAULT_MODEL, reader, {
    need: () => undefined,
    capability: () => undefined,
  });
  const best = (title: string) => {
    const open = ranking.open(need(title), { modeMapping: {}, now: new Date(0) });
    return market.toSorted((a, b) => open.score(b).score - open.score(a).score)[0]!.id;
  };
  expect(['VOCs', 'AGVs', 'volatile organic compounds'].map(best)).toEqual(['c0', 'c1', 'c0']);
});
