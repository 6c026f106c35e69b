import fc from 'fast-check';
import { parseIndicators } from './parse-indicators.js';
import { unreadParts } from './unread-parts.js';

const unread = (text: string): string[] => unreadParts(text, parseIndicators(text));

describe('unreadParts', () => {
  test.each([
    ['', []],
    ['定位精度≤0.05m；工作深度≥300m。', []],
    ['定位精度≤0.05m；外壳防水；工作深度≥300m', ['外壳防水']],
    ['抗腐蚀，通过船级社认证，寿命≥10年', ['抗腐蚀', '通过船级社认证']],
    ['主要指标：1、精度：≤5 mm，2、速度大于3米/秒。', []],
    ['主要指标：\n精度≤5mm\n满足GB/T 32100-2015', ['满足GB/T 32100-2015']],
    ['容量10,000mAh；……', []],
    ['尺寸100×200×300mm，2027年6月前，重量≤5kg', ['尺寸100×200×300mm', '2027年6月前']],
    ['变形<1/1000；灰水比≤1:3', ['变形<1/1000', '灰水比≤1:3']],
    ['Weight below 25 kg. Runs silently.', ['Runs silently']],
  ])('%s', (text, expected) => {
    expect(unread(text)).toEqual(expected);
  });

  test('parts stand in the order of the text, and no clause without a number is lost', () => {
    const piece = fc.constantFrom('精度', '≤', '5mm', '；', '，', '防水', '。', ' ', '要求：', '10,000');
    const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (typed) => {
        const parts = unread(typed);
        let at = 0;
        for (const part of parts) {
          const start = typed.indexOf(part, at);
          expect(start).toBeGreaterThanOrEqual(at);
          at = start + part.length;
        }
        const plain = typed
          .split(/[；，。,]/)
          .map((clause) => clause.trim())
          .filter((clause) => /\p{L}/u.test(clause) && !/\d|：$/.test(clause));
        expect(parts.filter((part) => !/\d/.test(part))).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });
});
