/**
 * 统一社会信用代码 (unified social credit identifier), GB 32100-2015: 18 characters of a 31-letter alphabet,
 * the last one a check character over the first 17 with weights 3^(i-1) mod 31.
 */

/** The standard's alphabet in value order: digits and capital letters without I, O, S, V and Z. */
export const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export type UsccProblem = 'length' | 'alphabet' | 'check-digit';

export type UsccResult = { ok: true; value: string } | { ok: false; problem: UsccProblem };

const BODY_LENGTH = 17;
const MODULUS = 31;

/** Full-width forms (U+FF01–U+FF5E) to half-width, ideographic space to space, trimmed and upper-cased. */
function normaliseCode(code: string): string {
  return code
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .trim()
    .toUpperCase();
}

/**
 * Check character for the first 17 characters.
 * @throws RangeError when `first17` is not 17 characters of {@link USCC_ALPHABET}.
 */
export function usccCheckDigit(first17: string): string {
  if (first17.length !== BODY_LENGTH) throw new RangeError(`expected 17 characters, got ${first17.length}`);
  let sum = 0;
  let weight = 1;
  for (const char of first17) {
    const value = USCC_ALPHABET.indexOf(char);
    if (value < 0) throw new RangeError(`character not in the alphabet: ${char}`);
    sum += value * weight;
    weight = (weight * 3) % MODULUS;
  }
  return USCC_ALPHABET.charAt((MODULUS - (sum % MODULUS)) % MODULUS);
}

/** Checks a typed code; `value` is the normalised code. Problems are reported in the order of the union type. */
export function checkUscc(code: string): UsccResult {
  const value = normaliseCode(code);
  if (value.length !== BODY_LENGTH + 1) return { ok: false, problem: 'length' };
  if ([...value].some((char) => !USCC_ALPHABET.includes(char))) return { ok: false, problem: 'alphabet' };
  const body = value.slice(0, BODY_LENGTH);
  if (usccCheckDigit(body) !== value.charAt(BODY_LENGTH)) return { ok: false, problem: 'check-digit' };
  return { ok: true, value };
}
