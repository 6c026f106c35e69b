/** IEEE 754-2019 binary16, little-endian: half the room of float32 and more than embeddings need. */
const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** Nearest half float, ties to even; beyond ±65504 infinite. */
function toHalf(value: number): number {
  float[0] = value;
  const given = bits[0]!;
  const sign = (given >>> 16) & 0x8000;
  const exponent = ((given >>> 23) & 0xff) - 112;
  const fraction = given & 0x7fffff;
  if (exponent >= 31) return Number.isNaN(value) ? sign | 0x7e00 : sign | 0x7c00;
  if (exponent < -10) return sign;
  // Below the normal range the hidden bit is written out.
  const whole = exponent > 0 ? (exponent << 23) | fraction : (fraction | 0x800000) >>> (1 - exponent);
  const kept = whole >>> 13;
  const rest = whole & 0x1fff;
  return sign | (kept + Number(rest > 0x1000 || (rest === 0x1000 && (kept & 1) === 1)));
}

function fromHalf(half: number): number {
  const sign = (half & 0x8000) === 0 ? 1 : -1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let decoded: Float32Array | null = null;
/** The value of each of the 65,536 half floats. */
const table = (): Float32Array =>
  (decoded ??= Float32Array.from({ length: 65_536 }, (_, half) => fromHalf(half)));

export function encodeHalfFloats(values: ArrayLike<number>): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 2);
  for (let at = 0; at < values.length; at += 1) bytes.writeUInt16LE(toHalf(values[at]!), at * 2);
  return bytes;
}

/** Throws RangeError for an odd number of bytes. */
export function decodeHalfFloats(bytes: Buffer): Float32Array {
  if (bytes.length % 2 !== 0) throw new RangeError('Half floats take two bytes each.');
  const values = table();
  const vector = new Float32Array(bytes.length / 2);
  for (let at = 0; at < vector.length; at += 1) vector[at] = values[bytes.readUInt16LE(at * 2)]!;
  return vector;
}
