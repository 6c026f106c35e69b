import fc from 'fast-check';
import { normaliseText, originOf, traceText } from './normalise-text.js';
import { blankStopWords } from './stop-words.js';
import { stem, tokenise } from './tokenise.js';

describe('text', () => {
  test('Han runs give characters and pairs, other runs stemmed words', () => {
    expect(tokenise('水下机，5g probes')).toEqual(['水', '水下', '下', '下机', '机', '5g', 'probe']);
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
    expect(traceText('Ａ，導')).toEqual({ text: 'a,导', origins: null });
    expect([0, 2, 3, 9].map((at) => originOf(traced, at))).toEqual([0, 1, 2, 3]);
  });

  test('a traced text is that of its characters, whichever way it is traced', () => {
    const unit = fc.constantFrom(
      '水',
      '導',
      'Ｑ',
      'B',
      '㎏',
      '…',
      '，',
      'ﬁ',
      '𠀀',
      '😀',
      'İ',
      '\ud840',
      '\0',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (original) => {
        const traced = traceText(original);
        let text = '';
        let at = 0;
        for (const char of original) {
          for (const one of traceText(`${char}㎏`).text.slice(0, -2)) {
            expect(originOf(traced, text.length)).toBe(at);
            text += one;
          }
          at += char.length;
        }
        expect([traced.text, originOf(traced, text.length)]).toEqual([text, original.length]);
      }),
    );
  });
});
