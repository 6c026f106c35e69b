import fc from 'fast-check';
import { CapabilityIndex } from './capability-index.js';
import type { MatchCapability } from './match-types.js';
import { normaliseText, traceText } from './normalise-text.js';
import { blankStopWords } from './stop-words.js';
import { stem, tokenise } from './tokenise.js';

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

describe('text', () => {
  test('Han runs give characters and pairs, other runs stemmed words', () => {
    expect(tokenise('水下机，5g sensors')).toEqual(['水', '水下', '下', '下机', '机', '5g', 'sensor']);
    expect(['batteries', 'glass', 'gas', 'lens', 'nodes', 'bus'].map(stem)).toEqual([
      'battery',
      'glass',
      'gas',
      'len',
      'node',
      'bus',
    ]);
  });

  test('width, case, mark-up and traditional characters are normalised; a comparison is not mark-up', () => {
    expect(normaliseText('<p>ＡＧＶ&nbsp;導航</p>精度<5m,重量>3')).toBe(' agv 导航 精度<5m,重量>3');
  });

  test('stop words leave spaces of their length', () => {
    expect(blankStopWords('石墨烯关键技术研究 of the art')).toBe('石墨烯              art');
  });

  test('offsets lead back to the original', () => {
    const traced = traceText('Ａ㎏導');
    expect(traced).toEqual({ text: 'akg导', origins: [0, 1, 1, 2, 3] });
  });
});

/** BM25F written down directly from the definition. */
function referenceScore(documents: readonly MatchCapability[], query: ReadonlyMap<string, number>): number[] {
  const fields = documents.map((d) =>
    [d.title, d.keywords.join(' ; '), d.text].map((t) => tokenise(normaliseText(t))),
  );
  const mean = [0, 1, 2].map((f) => {
    const lengths = fields.map((doc) => doc[f]?.length ?? 0).filter((length) => length > 0);
    return lengths.length === 0 ? 1 : lengths.reduce((a, b) => a + b, 0) / lengths.length;
  });
  const idf = (term: string) => {
    const df = fields.filter((doc) => doc.some((tokens) => tokens.includes(term))).length;
    return Math.log(1 + (documents.length - df + 0.5) / (df + 0.5));
  };
  const mass = [...query].reduce((sum, [term, weight]) => sum + weight * idf(term), 0);
  return fields.map((doc) => {
    let score = 0;
    for (const [term, weight] of query) {
      const tf = doc.reduce((sum, tokens, f) => {
        const count = tokens.filter((token) => token === term).length;
        return sum + ([1, 1, 0.5][f] ?? 0) * (count / (0.25 + (0.75 * tokens.length) / (mean[f] ?? 1)));
      }, 0);
      score += weight * idf(term) * ((tf * 2.2) / (tf + 1.2));
    }
    return score / Math.sqrt(mass);
  });
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
        const scores = new CapabilityIndex(capabilities).score(weights);
        for (const [at, expected] of referenceScore(capabilities, weights).entries())
          expect(scores[at]).toBeCloseTo(expected, 5);
      }),
    );
  });

  test('a replaced or removed capability leaves nothing behind', () => {
    const index = new CapabilityIndex([capability('a', '水下机器人'), capability('b', '聚丙烯')]);
    index.put(capability('a', '石墨烯'));
    expect([...index.score(new Map([['水下', 1]]))]).toEqual([0, 0]);
    expect(index.remove('a')).toBe(true);
    expect(index.remove('a')).toBe(false);
    expect([index.size, index.get('a'), index.get('b')?.title]).toEqual([1, null, '聚丙烯']);
    index.put(capability('c', '石墨烯'));
    expect([index.slotCount, index.at(0)?.id]).toEqual([2, 'c']);
  });
});
