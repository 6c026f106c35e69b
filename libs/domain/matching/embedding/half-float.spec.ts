import fc from 'fast-check';
import { decodeHalfFloats, encodeHalfFloats } from './half-float.js';

test('known half floats', () => {
  const known: [number, string][] = [
    [0, '0000'],
    [1, '003c'],
    [-2, '00c0'],
    [65_504, 'ff7b'],
    [65_520, '007c'],
    [2 ** -14, '0004'],
    [2 ** -24, '0100'],
    [2 ** -26, '0000'],
    [0.333251953125, '5535'],
    [1 + 2 ** -11, '003c'],
    [1 + 3 * 2 ** -11, '023c'],
    [Number.NEGATIVE_INFINITY, '00fc'],
  ];
  expect(known.map(([value]) => encodeHalfFloats([value]).toString('hex'))).toEqual(
    known.map(([, hex]) => hex),
  );
});

test('every half float but NaN survives being read and written', () => {
  const bytes = Buffer.alloc(65_536 * 2);
  for (let half = 0; half < 65_536; half += 1) bytes.writeUInt16LE(half, half * 2);
  const written = encodeHalfFloats(decodeHalfFloats(bytes));
  const changed = Array.from({ length: 65_536 }, (_, half) => half).filter(
    (half) => (half & 0x7fff) <= 0x7c00 && written.readUInt16LE(half * 2) !== half,
  );
  expect(changed).toEqual([]);
});

test('a value in the normal range is off by at most half a unit in the last place', () => {
  fc.assert(
    fc.property(fc.float({ min: -1, max: 1, noNaN: true }), (value) => {
      const [read] = decodeHalfFloats(encodeHalfFloats([value]));
      expect(Math.abs(read! - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25));
    }),
  );
});

test('torn bytes are refused', () => {
  expect(() => decodeHalfFloats(Buffer.alloc(3))).toThrow(RangeError);
});
