import fc from 'fast-check';
import type { MatchCapability, MatchNeed } from '../match-types.js';
import { normaliseText } from '../normalise-text.js';
import { tokenise } from '../tokenise.js';
import { CapabilityIndex } from './capability-index.js';
import { BrokenStatistics, decodeStatistics, encodeStatistics } from './corpus-statistics.js';
import { shortlistFor } from './shortlist.js';
import { SlotScores } from './slot-scores.js';
import { BrokenSnapshot } from './snapshot-stream.js';
import { TermDictionary } from './term-dictionary.js';
import { eachTerm, termKey } from './term-key.js';
import { selectTop } from './top-slots.js';
import { verifyIndex } from './verify-index.js';

function capability(id: string, title: string, text = '', keywords: string[] = []): MatchCapability {
  return {
    id,
    version: 1,
    organisationId: null,
    title,
    text,
    keywords,
    fields: [],
    regionCode: null,
    trlScheme: null,
    trl: null,
    transferModes: [],
    indicators: [],
  };
}

describe('CapabilityIndex', () => {
  const text = fc.string({
    unit: fc.constantFrom('水', '下', '机', '器', '人', ' ', 'a', 'b'),
    maxLength: 14,
  });

  test('scores are those of the definition', () => {
    const documents = fc.array(fc.tuple(text, text, fc.array(text, { maxLength: 2 })), {
      minLength: 1,
      maxLength: 8,
    });
    const query = fc.uniqueArray(fc.constantFrom('水', '水下', '机器', '人', 'a', 'ab', '铌'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(documents, query, (rows, terms) => {
        const capabilities = rows.map(([title, body, keywords], at) =>
          capability(`c${at}`, title, body, keywords),
        );
        const weights = new Map(terms.map((term, at) => [term, 1 + at / 4]));
        const index = new CapabilityIndex(capabilities);
        expect(verifyIndex(index, capabilities, weights)).toEqual([]);
        index.put(capability('more', '水下机器人', '水'));
        index.remove('more');
        expect(verifyIndex(index, capabilities, weights)).toEqual([]);
        const other = capabilities.map((item) => ({ ...item, title: `${item.title}铌` }));
        expect(verifyIndex(index, other, new Map([['铌', 1]])).length).toBeGreaterThanOrEqual(other.length);
      }),
    );
  });

  test('a replaced or removed capability leaves nothing behind', () => {
    const index = new CapabilityIndex([capability('a', '水下机器人'), capability('b', '聚丙烯')]);
    index.put(capability('a', '石墨烯'));
    expect([...index.score(new Map([['水下', 1]]))]).toEqual([0, 0, 0]);
    expect(index.remove('a')).toBe(true);
    expect(index.remove('a')).toBe(false);
    expect([index.size, index.versionOf('a'), index.versionOf('b')]).toEqual([1, undefined, 1]);
    index.put(capability('c', '石墨烯'));
    index.freeze();
    expect([index.slotCount, index.idAt(0), index.slotOf('c')]).toEqual([2, 'b', 1]);
  });

  const rows = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 20 }), text, text), {
    minLength: 1,
    maxLength: 15,
    selector: ([id]) => id,
  });
  const query = new Map(
    ['水', '水下', '机器', '人', 'a', 'ab', '铌', '下机'].map((term, at) => [term, 1 + at / 3]),
  );
  const scoresById = (index: CapabilityIndex, asked: ReadonlyMap<string, number> = query) => {
    const scores = index.score(asked);
    const held = Array.from(scores, (score, slot) => [index.idAt(slot), score] as const);
    return new Map(held.filter(([id]) => id !== null).sort(([a], [b]) => (a! < b! ? -1 : 1)));
  };

  test('by equal statistics scores are equal bit by bit, whatever the order, edits, merges and restarts', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.constantFrom('remove', 'put', 'freeze', 'reload'), text));
    fc.assert(
      fc.property(rows, edits, (items, steps) => {
        const capabilities = items.map(([id, title, body]) => capability(`c${id}`, title, body, [title]));
        const plain = new CapabilityIndex(capabilities);
        const statistics = { ...plain.takeStatistics(1) };
        plain.useStatistics(statistics);
        let moved = new CapabilityIndex();
        moved.useStatistics(statistics);
        for (const [which, step, words] of steps) {
          const id = `c${which % 25}`;
          if (step === 'put') moved.put(capability(id, words, `${words}机器人`));
          if (step === 'remove') moved.remove(id);
          if (step === 'freeze') moved.freeze();
          if (step === 'reload') moved = CapabilityIndex.load(moved.snapshot());
        }
        for (const item of capabilities.toReversed()) moved.put(item);
        for (let id = 0; id < 25; id += 1) if (!items.some(([own]) => own === id)) moved.remove(`c${id}`);
        expect(scoresById(moved)).toEqual(scoresById(plain));
        expect(moved.takeStatistics(1)).toEqual(statistics);
        expect(scoresById(moved, new Map([...query].toReversed()))).toEqual(
          scoresById(plain, new Map([...query].toReversed())),
        );
        moved.freeze();
        expect(scoresById(moved)).toEqual(scoresById(plain));
        const alone = capabilities.map(
          (item) => [item.id, plain.scorerOf(item)(plain.weigh(query))] as const,
        );
        expect(new Map(alone.sort(([a], [b]) => (a < b ? -1 : 1)))).toEqual(scoresById(plain));
      }),
    );
  });

  test('scores are the same on both sides of where a large index is cut into blocks', () => {
    const words = ['水下', '机器', '聚丙烯', '石墨', '水下机器人'];
    const titleOf = (at: number) => `${words[at % 5]}${words[(at >> 3) % 5]}`;
    const index = new CapabilityIndex(
      Array.from({ length: 66_000 }, (_, at) => capability(`c${at}`, titleOf(at))),
    );
    index.useStatistics(index.takeStatistics(1));
    index.put(capability('new', '水下机器人'));
    index.remove('c65537');
    const asked = index.weigh(query);
    const scores = index.score(query);
    for (const at of [0, 1, 65_534, 65_535, 65_536, 65_538, 65_999])
      expect(scores[index.slotOf(`c${at}`)!]).toBe(index.scorerOf(capability(`c${at}`, titleOf(at)))(asked));
    expect(scores[66_000]).toBe(index.scorerOf(capability('new', '水下机器人'))(asked));
    expect([scores[65_537], scores.length]).toEqual([0, 66_001]);
  });

  test('statistics it takes for itself follow when a tenth has changed, shared ones stay', () => {
    const many = Array.from({ length: 40 }, (_, at) => capability(`c${at}`, at < 10 ? '聚丙烯' : '石墨'));
    const index = new CapabilityIndex(many);
    const before = index.idf('聚丙烯');
    for (let at = 10; at < 14; at += 1) index.put(capability(`c${at}`, '聚丙烯'));
    expect([index.idf('聚丙烯') === before, index.changesSinceStatistics]).toEqual([true, 4]);
    index.remove('c39');
    expect(index.idf('聚丙烯')).toBeLessThan(before);
    index.useStatistics(index.takeStatistics(7));
    for (let at = 14; at < 39; at += 1) index.put(capability(`c${at}`, '聚丙烯'));
    expect([index.statistics.version, index.statistics.documents]).toEqual([7, 39]);
  });

  test('a torn or changed snapshot is refused', () => {
    const index = new CapabilityIndex([capability('a', '水下机器人', 'text'), capability('b', '聚丙烯')]);
    const bytes = Buffer.concat([...index.snapshot()]);
    expect(CapabilityIndex.load([bytes.subarray(0, 11), bytes.subarray(11)]).size).toBe(2);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        expect(() => CapabilityIndex.load([bytes.subarray(0, at)])).toThrow(BrokenSnapshot);
        const changed = Buffer.from(bytes);
        changed[at] = changed[at]! ^ flip;
        expect(() => CapabilityIndex.load([changed])).toThrow(BrokenSnapshot);
      }),
    );
  });

  test('structure stands in columns', () => {
    const index = new CapabilityIndex([capability('a', '甲')]);
    index.put({
      ...capability('b', '乙'),
      organisationId: 'o',
      fields: ['04.02', '01'],
      regionCode: '440300',
      trlScheme: 'iso',
      trl: 6,
      transferModes: ['licence', 'assignment'],
      priceMin: 12.5,
      published: false,
      expiresAt: new Date(86_400_000),
      updatedAt: new Date(86_400_000 * 3.5),
    });
    index.remove('a');
    const restarted = CapabilityIndex.load(index.snapshot());
    for (const { facts } of [index, restarted]) {
      const { columns: row, fieldCodes } = facts;
      expect([row.organisation[0], row.trlScheme[0], row.trl[0], row.published[0]]).toEqual([0, 0, 6, 0]);
      expect([...row.region.subarray(0, 3)]).toEqual([45, 4, 0]);
      expect([row.priceMin[0], row.priceMax[0], row.expiresAt[0], row.updatedDay[0]]).toEqual([
        12.5,
        Number.NaN,
        86_400_000,
        3,
      ]);
      expect([row.modes[0], facts.modeMask(['assignment', 'other'])]).toEqual([3, 2]);
      const start = row.fieldStart[0]!;
      const codes = fieldCodes.subarray(start, start + row.fieldCount[0]!);
      expect(Array.from(codes, (code) => facts.fields.toNames()[code])).toEqual(['04.02', '01']);
    }
  });
});

describe('shortlistFor', () => {
  const now = new Date('2026-03-01T00:00:00Z');
  const asked: MatchNeed = {
    id: 'n',
    version: 1,
    organisationId: 'own',
    title: '水下机器人',
    body: '',
    keywords: [],
    fields: [],
    regionCode: null,
    trlScheme: null,
    targetTrl: null,
    solveModes: [],
    indicators: [],
    expiresAt: null,
  };
  const index = new CapabilityIndex([
    { ...capability('best', '水下机器人'), organisationId: 'own' },
    { ...capability('late', '水下机器人'), expiresAt: now },
    { ...capability('draft', '水下机器人'), published: false },
    capability('near', '水下机器人导航'),
    capability('far', '聚丙烯机器'),
    capability('other', '聚丙烯'),
    { ...capability('person', '石墨'), offerKind: 'expert' },
    { ...capability('gone', '水下机器人'), offerKind: 'expert' },
  ]);
  index.remove('gone');
  const query = new Map([
    ['水下', 1],
    ['机器', 1],
  ]);
  const idsOf = (size: number) =>
    shortlistFor(index, asked, query, ['achievement', 'expert'], { now, size }).ids;

  test('few documents of a kind all go on, of many the best by text; excluded ones never do', () => {
    expect(idsOf(6)).toEqual(['near', 'far', 'other', 'person']);
    expect(idsOf(5)).toEqual(['near', 'far', 'person']);
    expect(idsOf(1)).toEqual(['near', 'person']);
  });

  test('scores are those of the whole index', () => {
    const shortlist = shortlistFor(index, asked, query, ['achievement'], { now, size: 2 });
    const whole = index.score(query);
    expect([...shortlist.score(query)]).toEqual(shortlist.ids.map((id) => whole[index.slotOf(id)!]));
    expect([shortlist.slotCount, shortlist.idAt(1), shortlist.idAt(2)]).toEqual([2, 'far', null]);
  });
});

describe('parts', () => {
  test('the scanner sees the tokens of the tokeniser', () => {
    const texts = fc.string({
      unit: fc.constantFrom(
        '水',
        '下',
        '𠀀',
        '𲎯',
        '𠮷',
        '😀',
        'a',
        'batteries',
        'é',
        'ж',
        'λ',
        '5',
        ' ',
        '，',
        '\ud840',
      ),
    });
    fc.assert(
      fc.property(texts, (written) => {
        const normalised = normaliseText(written);
        const keys: number[] = [];
        eachTerm(normalised, (key) => keys.push(key));
        expect(keys.sort((a, b) => a - b)).toEqual(
          tokenise(normalised)
            .map(termKey)
            .sort((a, b) => a - b),
        );
      }),
    );
  });

  test('different terms have different keys', () => {
    const terms = ['水', '下', '水下', '下水', '𠀀水', '水𠀀', 'a', 'b', 'ab', 'ba', '5g', 'g5', 'sensor'];
    expect(new Set(terms.map(termKey)).size).toBe(terms.length);
  });

  test('a dictionary numbers terms in the order of arrival', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 2 ** 53 - 1 })), {
          maxLength: 3000,
        }),
        (keys) => {
          const dictionary = new TermDictionary();
          const expected = [...new Set(keys)];
          for (const key of keys) expect(dictionary.add(key)).toBe(expected.indexOf(key));
          expect([...dictionary.toKeys()]).toEqual(expected);
          for (const key of [7, 70_000]) expect(dictionary.find(key)).toBe(expected.indexOf(key));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('statistics survive their bytes, torn ones are refused', () => {
    const statistics = new CapabilityIndex([
      capability('a', '水下机器人', 'sonar sensors'),
      capability('b', '水'),
    ]).takeStatistics(3);
    const bytes = encodeStatistics(statistics);
    expect(decodeStatistics(bytes)).toEqual(statistics);
    for (let length = 0; length < bytes.length; length += 1)
      expect(() => decodeStatistics(bytes.subarray(0, length))).toThrow(BrokenStatistics);
  });

  test('of many slots, too, whether or not the best are where a sample expects them', () => {
    const count = 60_000;
    const idAt = (slot: number) => `c${slot}`;
    const shapes: ((slot: number) => number)[] = [
      (slot) => (slot * 7919) % 10_007,
      (slot) => (slot % 50 === 0 ? 0 : 5),
      (slot) => (slot % 15 === 0 ? slot : 0),
      (slot) => (slot > 59_000 ? 60_000 - slot : 0),
    ];
    for (const shape of shapes) {
      const scores = Float32Array.from({ length: count }, (_, slot) => shape(slot));
      for (const accept of [() => true, (slot: number) => slot % 40 === 3]) {
        const expected = Array.from(scores.keys())
          .filter((slot) => scores[slot]! > 0 && accept(slot))
          .sort((a, b) => scores[b]! - scores[a]! || (idAt(a) < idAt(b) ? -1 : 1))
          .slice(0, 300);
        expect([...selectTop(new SlotScores(scores), 300, idAt, accept)]).toEqual(expected);
      }
    }
  });

  test('the best slots are those of a sorted list', () => {
    const scores = fc.array(fc.constantFrom(0, -1, 0.5, 1, 2, 3, Number.NaN), { maxLength: 40 });
    fc.assert(
      fc.property(scores, fc.nat({ max: 45 }), (values, k) => {
        const idAt = (slot: number) => `c${(slot * 7) % 40}`;
        const accept = (slot: number) => slot % 5 !== 0;
        const expected = values
          .map((score, slot) => ({ score, slot }))
          .filter(({ score, slot }) => score > 0 && accept(slot))
          .sort((a, b) => b.score - a.score || (idAt(a.slot) < idAt(b.slot) ? -1 : 1))
          .slice(0, k)
          .map(({ slot }) => slot);
        expect([...selectTop(new SlotScores(Float32Array.from(values)), k, idAt, accept)]).toEqual(expected);
      }),
    );
  });
});
