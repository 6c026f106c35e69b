/** At most `length` UTF-16 units that a database keeps: no NUL, no half of a surrogate pair. */
export function storableText(text: string, length: number): string {
  return text
    .slice(0, length)
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}
