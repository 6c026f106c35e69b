const WIDE: Readonly<Record<string, string>> = {
  '@': '＠',
  '<': '＜',
  '>': '＞',
  '[': '［',
  ']': '］',
  '(': '（',
  ')': '）',
  '*': '＊',
  _: '＿',
  '`': '｀',
  '#': '＃',
  '~': '～',
  '|': '｜',
  '!': '！',
  '\\': '＼',
};
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/**
 * Text from people as robots may say it: what would call everybody (`@all`, `<at user_id="all">`, `<@id>`), make a link,
 * an image or a heading, colour words, hide or reorder characters becomes its full-width form, which looks the same and
 * means nothing to any of the three services.
 */
export function plainForRobots(text: string): string {
  return text
    .replace(CONTROLS, ' ')
    .replace(/[@<>[\]()*_`#~|!\\]/g, (character) => WIDE[character] ?? character)
    .replace(/:\/\//g, '：／／')
    .trim();
}

/** The longest beginning of whole characters with at most `max` octets of UTF-8; an ellipsis tells that it was cut. */
export function cutToOctets(text: string, max: number): string {
  const octets = (part: string) => new TextEncoder().encode(part).length;
  if (octets(text) <= max) return text;
  let left = max - octets('…');
  let kept = '';
  for (const character of text) {
    left -= octets(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * Messages as one: as many as fit into `max` octets, each once, then how many more there are. `more` writes that line.
 */
export function mergeMessages(
  messages: readonly string[],
  max: number,
  more: (count: number) => string,
): string {
  const once = [...new Set(messages)];
  const octets = (part: string) => new TextEncoder().encode(part).length;
  const reserve = octets(`\n\n${more(once.length)}`);
  const kept: string[] = [];
  let used = 0;
  for (const message of once) {
    const size = octets(message) + (kept.length === 0 ? 0 : 2);
    const last = kept.length === once.length - 1;
    if (used + size > max - (last ? 0 : reserve)) break;
    kept.push(message);
    used += size;
  }
  if (kept.length === 0) kept.push(cutToOctets(once[0] ?? '', once.length > 1 ? max - reserve : max));
  const left = once.length - kept.length;
  return [...kept, ...(left > 0 ? [more(left)] : [])].join('\n\n');
}
