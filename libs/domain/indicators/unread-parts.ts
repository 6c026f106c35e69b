import type { ParsedIndicator } from './indicator.js';

const PART_END = /[。；;，,！!？?\n\r\t|]|\.(?=\s|$)/g;
/** What leads to indicators but is none: "主要指标：", "其中：1、". */
const HEADING = /(?<!\d)[:：]\s*(?:[(（]?\d{1,2}[)）.、]?|[①-⑳])?\s*$/;

/**
 * The clauses of a text that no indicator was read from, trimmed, in order; `found` are the indicators read from the
 * same text. Headings and clauses without letters and digits are no loss and left out.
 */
export function unreadParts(text: string, found: readonly ParsedIndicator[]): string[] {
  const parts: string[] = [];
  let from = 0;
  const close = (to: number) => {
    const part = text.slice(from, to).trim();
    const isRead = found.some(({ start, end }) => start < to && end > from);
    if (!isRead && /[\p{L}\p{N}]/u.test(part) && !HEADING.test(part)) parts.push(part);
  };
  for (const match of text.matchAll(PART_END)) {
    // A comma within a number ends nothing.
    if (found.some(({ start, end }) => start <= match.index && match.index < end)) continue;
    close(match.index);
    from = match.index + match[0].length;
  }
  close(text.length);
  return parts;
}
