/** Names longer than this are sentences; the end of the clause is kept. */
const NAME_LIMIT = 40;
const CLAUSE_END = /[。；;，,、！!？?\n\r\t|]|\.(?=\s)/g;
const NUMBERING = /^[\s(]*(?:\(?\d{1,2}[.)](?!\d)|[①-⑳]|[一二三四五六七八九十]\)|[-•·*](?!\d))\s*/;
const LEAD =
  /^[\s:：)\]】"”]*(?:并且|而且|同时|其中|要求|实现|确保|保证|使得|使(?!用)|且|并|和|与|及|以及|或|the |and |with |a )*\s*/i;
const TAIL =
  /(?:[\s:：(（"“共第]|(?<![A-Za-z])[φΦØø]|(?<!节)约|为|是|最高可?达|最大可?达|高达|(?<![伸延增])长达|多达|远达|低至|可达|可|(?<![响适反效供感])应(?:该|当)?|必须|务必|需要|需|须|最好|尽量|尽可能|力争|争取|能够|(?<!平)均|(?<![适便])宜|要求|(?<!雷)达|在|控制|提高到|提升至|提高至|降低到|降低至|降至| is| of| be| must| should| shall)+$/i;
const UNIT_REST = /^[A-Za-z.%]{1,4}\((?=[^)]*$)/;

/**
 * The name of a quantity: the last clause before its number, without list numbering, linking words and colons.
 * `start` is the name's offset, given that `before` begins at offset `base`. An empty name is ''.
 */
export function readIndicatorName(before: string, base: number): { name: string; start: number } {
  let cut = 0;
  for (const match of before.matchAll(CLAUSE_END)) cut = match.index + match[0].length;
  let name = before.slice(cut).replace(TAIL, '');
  let start = base + cut;
  const drop = (length: number) => {
    name = name.slice(length);
    start += length;
  };
  drop(Math.max(0, name.lastIndexOf(':') + 1));
  drop(Math.max(0, name.length - NAME_LIMIT));
  drop(NUMBERING.exec(name)?.[0].length ?? 0);
  drop(LEAD.exec(name)?.[0].length ?? 0);
  if (!name.includes(')') && name.startsWith('(')) drop(1);
  // What is left of a unit before an open bracket is no name.
  drop(UNIT_REST.exec(name)?.[0].length ?? 0);
  return /\p{L}/u.test(name) ? { name, start } : { name: '', start };
}
