import fc from 'fast-check';
import { checkUscc, USCC_ALPHABET, usccCheckDigit } from './check-uscc.js';

const WORKED = '91350100M000100Y43';
const body = fc.string({ unit: fc.constantFrom(...USCC_ALPHABET), minLength: 17, maxLength: 17 });

describe('checkUscc', () => {
  test('accepts a code whose sum was worked by hand', () => {
    expect(checkUscc(WORKED)).toEqual({ ok: true, value: WORKED });
    expect(usccCheckDigit(WORKED.slice(0, 17))).toBe('3');
  });

  test('sixteen zeros and a one: weight 3^16 mod 31 is 28, so the check character has value 3', () => {
    expect(usccCheckDigit('00000000000000001')).toBe('3');
    expect(usccCheckDigit('00000000000000000')).toBe('0');
    expect(usccCheckDigit('10000000000000000')).toBe('Y');
  });

  test('normalises case, surrounding space and full-width characters', () => {
    const fullWidth = [...WORKED].map((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).join('');
    expect(checkUscc(`  ${WORKED.toLowerCase()}\u3000`)).toEqual({ ok: true, value: WORKED });
    expect(checkUscc(fullWidth)).toEqual({ ok: true, value: WORKED });
  });

  test('names the first problem', () => {
    expect(checkUscc('')).toEqual({ ok: false, problem: 'length' });
    expect(checkUscc(`${WORKED}0`)).toEqual({ ok: false, problem: 'length' });
    expect(checkUscc('91350100I000100Y43')).toEqual({ ok: false, problem: 'alphabet' });
    expect(checkUscc('91350100M000100Y44')).toEqual({ ok: false, problem: 'check-digit' });
  });

  test('every body with its check character is accepted', () => {
    fc.assert(
      fc.property(body, (first17) => {
        const value = first17 + usccCheckDigit(first17);
        expect(checkUscc(value)).toEqual({ ok: true, value });
      }),
    );
  });

  test('any single substitution is found, because 31 is prime and no weight is 0', () => {
    fc.assert(
      fc.property(body, fc.nat(17), fc.integer({ min: 1, max: 30 }), (first17, position, shift) => {
        const code = first17 + usccCheckDigit(first17);
        const old = USCC_ALPHABET.indexOf(code.charAt(position));
        const wrong = USCC_ALPHABET.charAt((old + shift) % 31);
        const changed = code.slice(0, position) + wrong + code.slice(position + 1);
        expect(checkUscc(changed)).toEqual({ ok: false, problem: 'check-digit' });
      }),
    );
  });

  test('any swap of two different neighbours in the body is found', () => {
    fc.assert(
      fc.property(body, fc.nat(15), (first17, at) => {
        fc.pre(first17.charAt(at) !== first17.charAt(at + 1));
        const swapped =
          first17.slice(0, at) + first17.charAt(at + 1) + first17.charAt(at) + first17.slice(at + 2);
        expect(checkUscc(swapped + usccCheckDigit(first17)).ok).toBe(false);
      }),
    );
  });

  test('a body outside the format is an error of the caller', () => {
    expect(() => usccCheckDigit('123')).toThrow(RangeError);
    expect(() => usccCheckDigit('0000000000000000Z')).toThrow(RangeError);
  });
});
