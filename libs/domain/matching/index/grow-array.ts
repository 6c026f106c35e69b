type Growable =
  Int32Array | Uint32Array | Int16Array | Uint16Array | Uint8Array | Float32Array | Float64Array;

/** The array itself when it holds `needed` elements, otherwise a copy half as long again (at least); new elements are `fill`. */
export function grown<T extends Growable>(array: T, needed: number, fill = 0): T {
  if (array.length >= needed) return array;
  const Constructor = array.constructor as new (length: number) => T;
  const larger = new Constructor(Math.max(needed, 16, array.length + (array.length >> 1)));
  larger.set(array);
  if (fill !== 0) larger.fill(fill, array.length);
  return larger;
}
