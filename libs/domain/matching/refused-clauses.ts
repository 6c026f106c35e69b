/** 不接受Ⅳ型（塑料内胆）方案: a clause that says which way will not do. What is asked to be absent, or not borne, is none. */
const REFUSED =
  /(?<=^|[，。；;：:,！!\n])\s*(?:注|备注|我司|我们|我方|本公司|本项目|公司|暂时?|目前|原则上|也|均|一律|：|:)*不(?:再|予)?(?:接受|考虑|采用|采纳|选用|引进)[^，。；;,！!\n]{1,40}?(?:方案|路线|路径|思路|做法)(?=[，。；;,！!\n]|$)/g;

/** A need's text with spaces for the ways that its author refuses; offsets stay those of the text. */
export function withoutRefused(text: string): string {
  return text.replace(REFUSED, (clause) => ' '.repeat(clause.length));
}
