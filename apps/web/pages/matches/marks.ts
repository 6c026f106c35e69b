/** UTF-16 offsets, the end excluded. */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

/** In order, inside the text, and joined where they touch. */
export function joinMarks(marks: readonly Mark[], length: number): Mark[] {
  const joined: { start: number; end: number }[] = [];
  const inside = marks.filter(({ start, end }) => start >= 0 && start < end && end <= length);
  for (const { start, end } of [...inside].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** Every place of the words in a text, whatever their case. */
export function marksOf(text: string, terms: readonly string[]): Mark[] {
  const lower = text.toLowerCase();
  return terms.flatMap((term) => {
    const wanted = term.toLowerCase();
    const found: Mark[] = [];
    if (wanted === '') return found;
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length))
      found.push({ start: at, end: at + wanted.length });
    return found;
  });
}

/** A passage of a text with the marks inside it; offsets are those of the passage. */
export interface Passage {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** What stands around the marks, `around` characters to either side, never across a line. */
export function passagesOf(text: string, marks: readonly Mark[], around = 32): Passage[] {
  const places = joinMarks(marks, text.length);
  const windows: { start: number; end: number }[] = [];
  for (const { start, end } of places) {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const next = text.indexOf('\n', end);
    const from = Math.max(start === 0 ? 0 : lineStart, start - around);
    const to = Math.min(next < 0 ? text.length : next, end + around);
    const last = windows.at(-1);
    if (last !== undefined && from <= last.end) last.end = Math.max(last.end, to);
    else windows.push({ start: from, end: to });
  }
  return windows.map(({ start, end }) => ({
    text: text.slice(start, end),
    marks: places
      .filter((mark) => mark.start >= start && mark.end <= end)
      .map((mark) => ({ start: mark.start - start, end: mark.end - start })),
    cutBefore: start > 0 && text[start - 1] !== '\n',
    cutAfter: end < text.length && text[end] !== '\n',
  }));
}
