const LINE_ENDS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Half of a surrogate pair is no character: JSON in the database refuses it. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** Text as one line: line ends and tabs become a space, other control characters go. */
export function oneLine(text: string): string {
  return wellFormed(text).replace(LINE_ENDS, ' ').replace(CONTROLS, '');
}

/** Text of several lines, which end with LF: of control characters only those and tabs stay. */
export function manyLines(text: string): string {
  return wellFormed(text)
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(CONTROLS, '');
}

/** A value of JSON without what no text in the database can hold, at every depth and in names. */
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value).replaceAll('\0', '');
  if (Array.isArray(value)) return value.map(storableJson);
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [storableJson(name) as string, storableJson(inner)]),
  );
}
