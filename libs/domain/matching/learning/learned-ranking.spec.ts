import fc from 'fast-check';
import { CapabilityIndex } from '../index/capability-index.js';
import type { MatchCapability, MatchNeed } from '../match-types.js';
import { factorSetsFor } from '../factor-sets/read-factor-sets.js';
import { matchNeed } from '../match-need.js';
import { NO_RULES, type PairRules } from '../pair-rules.js';
import { DEFAULT_MODEL } from './default-model.js';
import { learnFromGrades } from './learn-from-grades.js';
import { LearnedRanking, type PairReader } from './learned-ranking.js';
import { LearnedShortlist } from './learned-shortlist.js';
import { openLearnedCorpus } from './open-corpus.js';
import { ANSWERS, ANSWERS_BEFORE } from './pair-kernel.js';
import { FEATURES, fitsFeatures, isFree, type RankModel } from './rank-model.js';

const NOW = new Date('2026-03-01T00:00:00Z');
const options = { now: NOW, modeMapping: {} };

function need(id: string, title: string, body = ''): MatchNeed {
  return {
    id,
    version: 1,
    organisationId: null,
    title,
    body,
    keywords: [],
    fields: [],
    regionCode: null,
    trlScheme: null,
    targetTrl: null,
    solveModes: [],
    indicators: [],
    expiresAt: null,
  };
}

function capability(id: string, title: string, text = ''): MatchCapability {
  return {
    id,
    version: 1,
    organisationId: null,
    title,
    text,
    keywords: [],
    fields: [],
    regionCode: null,
    trlScheme: null,
    trl: null,
    transferModes: [],
    indicators: [],
  };
}

const NEEDS = [
  need('n1', '水下机器人导航定位系统', '目前定位误差大，需要在浑浊水体中连续导航。'),
  need('n2', '高温合金叶片涂层', '希望涂层在高温下抗氧化。'),
  need('n3', '水下滑翔机姿态控制', '需要低功耗的姿态控制。'),
];
const CAPABILITIES = [
  capability('c1', '水下航行器惯性导航', '惯性与声学组合导航，适用于浑浊水体。'),
  capability('c2', '航空叶片热障涂层', '抗氧化热障涂层。'),
  capability('c3', '机器人焊接工作站'),
  capability('c4', '滑翔机低功耗控制器', '姿态控制与能耗管理。'),
  capability('c5', '海水淡化膜'),
  capability('c6', '净水絮凝药剂', '污泥脱水。'),
];

const byId = <Row extends { id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));
const records = { needs: byId(NEEDS), capabilities: byId(CAPABILITIES) };
const lookups = {
  need: (id: string) => records.needs.get(id),
  capability: (id: string) => records.capabilities.get(id),
};

function open(capabilities = CAPABILITIES): PairReader {
  return openLearnedCorpus(new CapabilityIndex(capabilities), NEEDS, capabilities, DEFAULT_MODEL.needCounts);
}

test('the shipped model is of these features, and more of a feature never speaks against a pair', () => {
  expect(fitsFeatures(DEFAULT_MODEL)).toBe(true);
  expect(DEFAULT_MODEL.neighbours).toEqual([]);
  for (const shapes of DEFAULT_MODEL.shapes)
    for (const [k, shape] of shapes.entries()) {
      if (isFree(k)) continue;
      expect([FEATURES[k], shape.every((value, at) => at === 0 || value >= shape[at - 1]!)]).toEqual([
        FEATURES[k],
        true,
      ]);
    }
});

test('contributions sum to the score, which is a probability', () => {
  const ranking = new LearnedRanking(DEFAULT_MODEL, open(), lookups);
  for (const asked of NEEDS) {
    const read = ranking.open(asked, options);
    for (const offered of CAPABILITIES) {
      const { score, factors } = read.score(offered);
      const sum = factors.reduce((total, factor) => total + factor.contribution, 0);
      expect(Math.abs(sum - score)).toBeLessThan(1e-12);
      expect(score > 0 && score < 1).toBe(true);
      expect(factors[0]!.code).toBe('base');
    }
  }
});

test('what the index holds of a capability is rated as the capability itself is scored', () => {
  const stated = CAPABILITIES.map((one, at) => ({
    ...one,
    keywords: ['导航', `词${at}`],
    fields: [`0${at}.01`, '07'],
    regionCode: at % 2 === 0 ? '440300' : '44',
    trlScheme: 'iso',
    trl: at,
    transferModes: at % 3 === 0 ? ['licence', 'transfer'] : ['cooperation'],
    priceMin: at % 2 === 0 ? 0.2 * 10 ** at : null,
    priceMax: at === 2 ? 300 : null,
  }));
  const index = new CapabilityIndex(stated);
  const reader = openLearnedCorpus(index, NEEDS, stated, DEFAULT_MODEL.needCounts);
  const ranking = new LearnedRanking(DEFAULT_MODEL, reader, lookups);
  const modes = { now: NOW, modeMapping: { buy: ['transfer'] } };
  for (const asked of NEEDS) {
    const structure = {
      budgetMax: 20,
      fields: ['02.01'],
      regionCode: '440305',
      trlScheme: 'iso',
      targetTrl: 3,
    };
    const read = ranking.open({ ...asked, ...structure, keywords: ['导航'], solveModes: ['buy'] }, modes);
    for (const offered of stated)
      expect(read.rate(index.slotOf(offered.id)!)).toBeCloseTo(read.score(offered).score, 12);
  }
});

test('the pairs that belong together come first', () => {
  const ranking = new LearnedRanking(DEFAULT_MODEL, open(), lookups);
  const first = NEEDS.map((asked) => {
    const read = ranking.open(asked, options);
    return CAPABILITIES.map((offered) => ({ id: offered.id, score: read.score(offered).score })).sort(
      (a, b) => b.score - a.score,
    )[0]!.id;
  });
  expect(first).toEqual(['c1', 'c2', 'c4']);
});

test('a rare word that both sides share never lowers a score', () => {
  const word = fc.constantFrom('氦', '铌钛', '蓝宝石', '锆');
  fc.assert(
    fc.property(fc.constantFrom(...NEEDS), fc.constantFrom(...CAPABILITIES), word, (asked, offered, rare) => {
      const wanted = { ...asked, title: `${asked.title} ${rare}` };
      const scoreOf = (title: string) => {
        const changed = CAPABILITIES.map((one) => (one.id === offered.id ? { ...one, title } : one));
        const read = new LearnedRanking(DEFAULT_MODEL, open(changed), lookups).open(wanted, options);
        return read.score(changed.find(({ id }) => id === offered.id)!).score;
      };
      expect(scoreOf(`${offered.title} ${rare}`)).toBeGreaterThanOrEqual(scoreOf(offered.title) - 1e-9);
    }),
    { numRuns: 40 },
  );
});

test('traditional characters, full width and the order of records change nothing', () => {
  const plain = new LearnedRanking(DEFAULT_MODEL, open(), lookups).open(NEEDS[0]!, options);
  const written = CAPABILITIES.map((one) =>
    one.id === 'c1'
      ? { ...one, title: '水下航行器慣性導航', text: '慣性與聲學組合導航，適用於渾濁水體。' }
      : one,
  );
  const other = new LearnedRanking(DEFAULT_MODEL, open(written), lookups).open(NEEDS[0]!, options);
  expect(other.score(written[0]!)).toEqual(plain.score(CAPABILITIES[0]!));

  const turned = CAPABILITIES.toReversed();
  const again = new LearnedRanking(DEFAULT_MODEL, open(turned), lookups).open(NEEDS[0]!, options);
  for (const offered of CAPABILITIES)
    expect(again.score(offered).score).toBeCloseTo(plain.score(offered).score, 5);
});

type Grades = Parameters<typeof learnFromGrades>[2];

/** A model that has learned from these grades what differs from the shipped one. */
const trainedOn = (reader: ReturnType<typeof open>, grades: Grades) =>
  learnFromGrades(reader, records, grades, {
    ...options,
    version: 'trained',
    prior: DEFAULT_MODEL,
    keepNeighbours: true,
    needCounts: DEFAULT_MODEL.needCounts,
  });

test('declined pairs sink and accepted ones rise, for the need itself and for one like it', () => {
  const reader = open();
  const grades = [
    { needId: 'n1', capabilityId: 'c3', level: 4 },
    { needId: 'n1', capabilityId: 'c1', level: 1 },
    { needId: 'n2', capabilityId: 'c6', level: 1 },
    { needId: 'n2', capabilityId: 'c5', level: 1 },
    { needId: 'n2', capabilityId: 'c2', level: 4 },
  ];
  const model = trainedOn(reader, grades);
  expect(model.neighbours.length).toBe(5);
  expect(model.quality.pairs).toBe(5);
  expect(model.quality.before).not.toBeNull();
  const scoreBy = (of: typeof model, asked: MatchNeed, id: string) =>
    new LearnedRanking(of, reader, lookups).open(asked, options).score(records.capabilities.get(id)!);
  const said = (of: typeof model, id: string) => scoreBy(of, NEEDS[0]!, id).chances[1];
  expect(said(model, 'c1')).toBeLessThan(said(DEFAULT_MODEL, 'c1'));
  expect(said(model, 'c3')).toBeGreaterThan(said(DEFAULT_MODEL, 'c3'));
  expect(scoreBy(model, NEEDS[0]!, 'c1').factors.some(({ code }) => code === 'feedback')).toBe(true);
  // Learned twice from the same answers, it is the same model.
  const twice = trainedOn(reader, grades);
  expect(JSON.stringify(twice)).toBe(JSON.stringify(model));
});

test('answers weigh what they weighed when a model was trained', () => {
  const reader = open();
  const grades = [
    { needId: 'n1', capabilityId: 'c3', level: 4 },
    { needId: 'n1', capabilityId: 'c1', level: 1 },
  ];
  const { answers, ...before } = trainedOn(reader, grades);
  expect(answers).toEqual(ANSWERS);
  const said = (model: RankModel) =>
    new LearnedRanking(model, reader, lookups).open(NEEDS[0]!, options).score(CAPABILITIES[2]!).chances;
  expect(said(before)).toEqual(said({ ...before, answers: ANSWERS_BEFORE }));
  expect(said(before)).not.toEqual(said({ ...before, answers: ANSWERS }));
});

test('levels of a need with answers are corrected by what else was answered; scores are not', () => {
  const reader = open();
  const grades = [
    { needId: 'n1', capabilityId: 'c3', level: 4 },
    { needId: 'n1', capabilityId: 'c1', level: 1 },
  ];
  const model = trainedOn(reader, grades);
  expect(model.forLevels).toBeUndefined();
  // Level 2 where any capability answered is at all alike, 3 where one other pair was answered, never 4.
  const correction = [
    [-0.1, 0, 0, 0, 10, 0],
    [-Math.log(1.5), 0, 0, 0, 0, 1],
    [-9, 0, 0, 0, 0, 0],
  ] as const;
  const said = (of: RankModel, asked: MatchNeed) =>
    CAPABILITIES.map((offered) => {
      const open = new LearnedRanking(of, reader, lookups).open(asked, options);
      return { ...open.score(offered), level: open.level(offered) };
    });
  const correcting = (shapes = model.shapes) => ({ ...model, forLevels: { shapes, correction } });
  const plain = said(model, NEEDS[0]!);
  const corrected = said(correcting(), NEEDS[0]!);
  expect(corrected.map((pair, at) => ({ ...pair, level: plain[at]!.level }))).toEqual(plain);
  // The two answered keep the level that their own answers give them.
  const levels = CAPABILITIES.map(({ id }, at) => (id === 'c1' || id === 'c3' ? plain[at]!.level : 3));
  expect(corrected.map(({ level }) => level)).toEqual(levels);
  expect(said(correcting(), NEEDS[1]!)).toEqual(said(model, NEEDS[1]!));
  // Effects and answers of their own move levels, and levels alone.
  const shapes = model.shapes.map((effects) => effects.map((values) => values.map(() => 0.2)));
  const lifted = said(correcting(shapes), NEEDS[1]!);
  expect(lifted).toEqual(said(model, NEEDS[1]!).map((pair) => ({ ...pair, level: 4 })));
});

test('what means the same as the best by text is known though it shares no word with the need', () => {
  const market = [
    capability('c1', '水下导航罗盘'),
    capability('c2', '罗盘'),
    capability('c3', '热障涂层'),
    capability('c4', '抗氧化热障涂层'),
    capability('c5', '茶叶杀青'),
    capability('c6', '茶叶杀青设备'),
  ];
  const reader = open(market);
  const asked = need('n1', '水下导航');
  const reading = reader.need(asked);
  const bestMeaning = (stated: MatchCapability) => {
    const offer = { ...reader.find(stated), stated };
    return reader.features(reading, asked, offer, options)[FEATURES.indexOf('best-meaning')]!;
  };
  expect(bestMeaning(market[1]!)).toBeGreaterThan(0.5);
  // It is compared with the others of the best, and there are none.
  expect(Math.abs(bestMeaning(market[0]!))).toBeLessThan(0.05);
  expect(Math.abs(bestMeaning(market[2]!))).toBeLessThan(0.05);
});

test('that everybody says yes to what they are shown does not make everything a match', () => {
  const reader = open();
  const right = [
    ['n1', 'c1'],
    ['n2', 'c2'],
    ['n3', 'c4'],
    ['n3', 'c1'],
  ] as const;
  const grades = right.map(([needId, capabilityId]) => ({ needId, capabilityId, level: 4 }));
  const model = trainedOn(reader, grades);
  expect(model.calibration).toEqual(DEFAULT_MODEL.calibration);
  const stranger = need('n9', '茶叶杀青设备', '希望提高杀青均匀度。');
  const read = new LearnedRanking(model, reader, lookups).open(stranger, options);
  const { score, factors } = read.score(records.capabilities.get('c6')!);
  expect(score).toBeLessThan(0.3);
  expect(factors.find(({ code }) => code === 'base')!.contribution).toBeLessThan(0.1);
});

describe('what shares no word with a need', () => {
  const offers = ['c7', 'c8', 'c9'].map((id, at) => capability(id, ['电池', '麦秸', '渔网'][at]!));
  const market = [...CAPABILITIES, ...offers.map((offer) => ({ ...offer, organisationId: 'o1' }))];
  const asked = { ...NEEDS[0]!, organisationId: 'o2' };
  const reader = open(market);
  const model = { ...DEFAULT_MODEL, vectors: { model: 'v', weight: 3, pairs: 100 } };
  const near = new Map([
    ['c7', 4],
    ['c8', 1.9],
    ['c1', 2],
  ]);
  const closeness = { model: 'v', of: (id: string) => near.get(id) ?? Number.NaN };
  const shown = (rules: PairRules, among: readonly string[]) => {
    const read = new LearnedRanking(model, reader, lookups).open(asked, options, closeness);
    const sets = factorSetsFor('technology');
    const wide = new LearnedShortlist(reader.space.index, asked, read, sets, { ...options, rules }, among);
    const best = wide.best(10, new Map());
    const documents = byId(market);
    const found = matchNeed(asked, best, (id) => documents.get(id), { ...options, rules }, read);
    return { rated: wide.ratedIds(), found: found.map(({ capabilityId }) => capabilityId) };
  };

  test('is rated when its vector is among the nearest, and proposed when it is near', () => {
    const without = shown(NO_RULES, []);
    expect(without.rated).not.toContain('c7');
    const { rated, found } = shown(NO_RULES, ['c7', 'c8', 'gone', 'c1']);
    expect(rated.filter((id) => id === 'c1')).toEqual(['c1']);
    expect(rated).toEqual(expect.arrayContaining(['c7', 'c8']));
    expect(found).toContain('c7');
    expect(found.filter((id) => ['c8', 'c9', 'gone'].includes(id))).toEqual([]);
  });

  test('is not when the rules exclude it', () => {
    const rules = { ...NO_RULES, groupOrganisations: new Set(['o1']) };
    expect(shown(rules, ['c7', 'c8']).rated).not.toContain('c7');
  });
});

test('a reader that shares another one’s memory finds its documents read, until slots move', () => {
  const first = open();
  const second = open();
  first.shareSenses();
  const read = first.capabilityAt(0).sense;
  second.shareSenses(first.senses!);
  const found = second.capabilityAt(0).sense;
  expect(found).toEqual(read);
  expect(found.meaning.steps.buffer).toBe(first.senses);
  expect(open().capabilityAt(0).sense).toEqual(read);
  first.space.index.remove('c2');
  first.space.index.freeze();
  expect(first.senses).toBeNull();
});
