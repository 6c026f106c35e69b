/** 《国家秘密定密管理暂行规定》: a state secret is marked by its level, ★ and its term: 绝密★30年, 机密★, 秘密★5年. */
const MARK = /(绝\s*密|机\s*密|秘\s*密)\s*[★☆✭]/u;

/** The first mark of a state secret in any text inside a value (strings, lists and records of them), or null. */
export function findClassifiedMark(value: unknown): string | null {
  if (typeof value === 'string') return MARK.exec(value)?.[0].replace(/\s+/gu, '') ?? null;
  if (typeof value !== 'object' || value === null) return null;
  for (const part of Object.values(value)) {
    const mark = findClassifiedMark(part);
    if (mark !== null) return mark;
  }
  return null;
}
