import fc from 'fast-check';
import { crossedFields, fieldValue, sharedFields } from './field-distance.js';
import type { MappedField } from './match-types.js';
import { formatReasons } from './format-reasons.js';

const mapped = (code: string, relation: MappedField['relation'], from = 'C27'): MappedField => ({
  list: 'industry',
  from,
  code,
  relation,
});
const offers = (...fields: string[]) => ({ fields });
const asks = (fields: string[], ...mappedFields: MappedField[]) => ({ fields, mappedFields });

test('fields of one list: the same, under the same root, elsewhere, unknown', () => {
  expect(fieldValue(asks(['02.01']), offers('02.01'))).toBe(1);
  expect(fieldValue(asks(['02.01']), offers('02.05'))).toBe(0.75);
  expect(fieldValue(asks(['02']), offers('02.05'))).toBe(1);
  expect(fieldValue(asks(['02.01']), offers('04', '07.01'))).toBe(0);
  expect(fieldValue({ fields: [] }, offers('04'))).toBeNull();
  expect(fieldValue(asks(['02']), offers())).toBeNull();
});

test('over a crosswalk a field counts less, the less the looser the relation, and nothing shared says nothing', () => {
  expect(fieldValue(asks([], mapped('02.01', 'exact')), offers('02.01'))).toBe(1);
  expect(fieldValue(asks([], mapped('02.01', 'close')), offers('02.01'))).toBe(0.75);
  expect(fieldValue(asks([], mapped('02.01', 'related')), offers('02.01'))).toBe(0.625);
  expect(fieldValue(asks([], mapped('02.01', 'close')), offers('02.05'))).toBe(0.625);
  expect(fieldValue(asks([], mapped('02.01', 'close')), offers('08.04'))).toBeNull();
  expect(fieldValue(asks(['04'], mapped('02.01', 'close')), offers('08.04'))).toBe(0);
  expect(fieldValue(asks(['04'], mapped('02.01', 'close')), offers('02.01'))).toBe(0.75);
  expect(fieldValue(asks(['02.01'], mapped('02.01', 'close')), offers('02.01'))).toBe(1);
});

test('a crosswalk is told where no field is shared, with the fields it leads to', () => {
  const need = asks(['04'], mapped('02.01', 'close'), mapped('02.03', 'close'), mapped('05', 'related', 'M'));
  expect(crossedFields(need, offers('02.01', '02.05', '05.01'))).toEqual([
    { list: 'industry', from: 'C27', codes: ['02.01'] },
    { list: 'industry', from: 'M', codes: ['05.01'] },
  ]);
  expect(crossedFields(need, offers('02.01', '04.03'))).toEqual([]);
  expect(sharedFields(need, offers('02.01', '04.03'))).toEqual(['04.03']);
  expect(crossedFields(need, offers('08'))).toEqual([]);
  const words: Record<string, string> = { C27: '医药制造业', '02.01': '医药生物技术' };
  const reason = { kind: 'crosswalk', list: 'industry', from: 'C27', codes: ['02.01'] } as const;
  const say = (locale: 'zh-CN' | 'en') =>
    formatReasons([{ ...reason, codes: [...reason.codes] }], locale, (_list, code) => words[code] ?? code);
  expect(say('zh-CN')).toEqual(['经对照表：医药制造业 → 医药生物技术']);
  expect(say('en')).toEqual(['By a crosswalk: 医药制造业 → 医药生物技术']);
});

test('what is known over a crosswalk never speaks against a pair, and a stated field never counts less for it', () => {
  const code = fc.constantFrom('01', '01.02', '02', '02.01', '02.05', '04', '04.03');
  const codes = fc.array(code, { maxLength: 3 });
  const relation = fc.constantFrom<MappedField['relation']>('exact', 'close', 'related');
  const mappings = fc.array(fc.tuple(code, relation), { maxLength: 3 });
  fc.assert(
    fc.property(codes, codes, mappings, (asked, offered, pairs) => {
      const crossed = pairs.map(([to, how]) => mapped(to, how));
      const without = fieldValue(asks(asked), offers(...offered));
      const whole = fieldValue(asks(asked, ...crossed), offers(...offered));
      if (without === null) expect(whole === null || whole > 0.5).toBe(true);
      else expect(whole).toBeGreaterThanOrEqual(without);
      const exact = fieldValue(
        asks([], ...crossed.map((each) => ({ ...each, relation: 'exact' as const }))),
        offers(...offered),
      );
      const direct = fieldValue(asks(crossed.map((each) => each.code)), offers(...offered));
      expect(exact ?? 0).toBe(direct ?? 0);
    }),
  );
});
