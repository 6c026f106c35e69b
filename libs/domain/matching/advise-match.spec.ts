import fc from 'fast-check';
import { matchIndicators } from '#libs/domain/indicators/match-indicators.js';
import { parseIndicators } from '#libs/domain/indicators/parse-indicators.js';
import { adviseMatch, formatAdvice, type MatchAdvice } from './advise-match.js';
import type { MatchCapability, MatchNeed } from './match-types.js';
import { redactReasons } from './redact-reasons.js';

const MAPPING = { joint: ['development-joint'] };
const plain = { id: 'x', version: 1, organisationId: null, regionCode: null };
const NEED: MatchNeed = {
  ...plain,
  title: '水下机器人导航',
  body: '浑水中的定位',
  keywords: ['导航'],
  fields: ['04'],
  trlScheme: 'trl-iso',
  targetTrl: 6,
  solveModes: ['joint'],
  indicators: parseIndicators('工作深度≥300m，定位精度≤0.05m'),
  expiresAt: null,
};
const FULL: MatchCapability = {
  ...plain,
  title: '组合导航',
  text: '惯性与声学融合',
  keywords: ['声学'],
  fields: ['04.02'],
  trlScheme: 'trl-iso',
  trl: 7,
  transferModes: ['licence'],
  indicators: parseIndicators('工作深度500m，定位精度0.03m'),
};
const EMPTY: MatchCapability = {
  ...FULL,
  text: ' ',
  keywords: [],
  fields: [],
  trlScheme: null,
  trl: null,
  transferModes: [],
  indicators: [],
};
const advise = (need: MatchNeed, capability: MatchCapability) =>
  adviseMatch(need, capability, matchIndicators(need.indicators, capability.indicators), MAPPING);
const lines = (need: MatchNeed, capability: MatchCapability, locale: 'zh-CN' | 'en' = 'zh-CN') =>
  advise(need, capability).map((advice) => formatAdvice(advice, locale));

test('nothing is missed where both sides state everything, be it a misfit', () => {
  expect(advise(NEED, FULL)).toEqual([]);
  expect(advise(NEED, { ...FULL, trl: 1, fields: ['07'] })).toEqual([]);
});

test('what the capability leaves open is named, with the indicators the need asks for', () => {
  expect(lines(NEED, EMPTY)).toEqual([
    '成果可补充：工作深度、定位精度指标；成熟度；转化方式；技术领域；关键词；成果简介',
  ]);
  expect(lines(NEED, EMPTY, 'en')).toEqual([
    'The capability could add: indicators 工作深度, 定位精度; maturity level; ways of transfer; technical field; keywords; abstract',
  ]);
  expect(lines(NEED, { ...FULL, trlScheme: 'trl-gbt22900' })).toEqual(['成果可补充：同一标准的成熟度']);
});

test('what the capability states and what does not compare is to be made clear, not to be added', () => {
  const stated = { ...FULL, indicators: parseIndicators('工作深度≥200m，定位精度很高') };
  expect(lines(NEED, stated)).toEqual(['成果可补充：定位精度指标、工作深度指标的说明（已说明，需确认）']);
  expect(lines(NEED, stated, 'en')).toEqual([
    'The capability could add: indicators 定位精度, clearer words on indicators 工作深度 (stated, to be confirmed)',
  ]);
  expect(lines(NEED, { ...stated, indicators: parseIndicators('工作深度500kg，定位精度0.03m') })).toEqual([
    '成果可补充：工作深度指标的说明（已说明，需确认）',
  ]);
});

test('what the need leaves open is told to the need; what neither states is no advice', () => {
  const vague = {
    ...NEED,
    body: '',
    keywords: [],
    fields: [],
    targetTrl: null,
    solveModes: [],
    indicators: [],
  };
  expect(lines(vague, FULL)).toEqual(['需求可补充：技术指标、成熟度、合作方式、技术领域、关键词、需求描述']);
  expect(lines({ ...vague, body: '定位' }, { ...EMPTY, text: '融合' })).toEqual([]);
  expect(lines({ ...NEED, solveModes: ['unmapped'] }, { ...FULL, transferModes: [] })).toEqual([]);
});

test('a price is missed where the other side states money, and not where it is open to talks', () => {
  const priced = { ...NEED, budgetMax: 80 };
  expect(lines(priced, FULL)).toEqual(['成果可补充：报价']);
  expect(lines(priced, FULL, 'en')).toEqual(['The capability could add: price']);
  expect(lines(NEED, { ...FULL, priceMin: 50 })).toEqual(['需求可补充：预算']);
  expect(lines(NEED, { ...FULL, priceMin: 50 }, 'en')).toEqual(['The need could add: budget']);
  expect(lines(priced, { ...FULL, priceMax: 500 })).toEqual([]);
  expect(lines(priced, { ...FULL, priceNegotiable: true })).toEqual([]);
  expect(lines({ ...NEED, budgetNegotiable: true }, { ...FULL, priceMin: 50 })).toEqual([]);
  expect(lines({ ...priced, budgetNegotiable: true }, FULL)).toEqual([]);
});

test('readers of a redacted side learn nothing of what is sealed in it', () => {
  const codes = (sealed: { need: boolean; capability: boolean }) =>
    redactReasons(advise(NEED, EMPTY), { ...sealed, money: true, amount: true }).flatMap((reason) =>
      reason.kind === 'advice' ? reason.gaps.map(({ code }) => code) : [],
    );
  expect(codes({ need: false, capability: false })).toEqual([
    'indicators',
    'maturity',
    'mode',
    'field',
    'keywords',
    'text',
  ]);
  expect(codes({ need: true, capability: false })).toEqual(['maturity', 'field', 'keywords', 'text']);
  expect(codes({ need: false, capability: true })).toEqual(['maturity', 'field', 'keywords']);
});

test('following the advice leaves nothing to advise, and the same records give the same advice', () => {
  const pick = <Value>(full: Value, none: Value) => fc.boolean().map((stated) => (stated ? full : none));
  const someNeed = fc.record({
    body: pick(NEED.body, ''),
    keywords: pick(NEED.keywords, []),
    fields: pick(NEED.fields, []),
    targetTrl: pick(NEED.targetTrl, null),
    solveModes: pick(NEED.solveModes, []),
    indicators: pick(NEED.indicators, []),
  });
  const someCapability = fc.record({
    text: pick(FULL.text, ''),
    keywords: pick(FULL.keywords, []),
    fields: pick(FULL.fields, []),
    trl: pick(FULL.trl, null),
    transferModes: pick(FULL.transferModes, []),
    indicators: pick(FULL.indicators, []),
  });
  const has = (advice: readonly MatchAdvice[], side: string) => advice.some((entry) => entry.side === side);
  fc.assert(
    fc.property(someNeed, someCapability, (asked, offered) => {
      const [need, capability] = [
        { ...NEED, ...asked },
        { ...FULL, ...offered },
      ];
      expect(advise(need, capability)).toEqual(advise(structuredClone(need), structuredClone(capability)));
      expect(has(advise(need, FULL), 'capability')).toBe(false);
      expect(has(advise(NEED, capability), 'need')).toBe(false);
    }),
  );
});
