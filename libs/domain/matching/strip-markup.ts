/** Elements that rich text is written with; what else begins with a letter after < is a comparison, as in p<pmax. */
const ELEMENTS =
  'a abbr address article aside audio b base big blockquote body br button caption center cite code col colgroup dd del ' +
  'details dfn dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h[1-6] head header ' +
  'hgroup hr html i iframe img input ins kbd label legend li link main mark marquee menu meta nav nobr noscript object ol ' +
  'optgroup option p param picture pre q rp rt ruby s samp script section select small source span strike strong style ' +
  'sub summary sup svg table tbody td template textarea tfoot th thead time title tr tt u ul var video wbr xml ' +
  '(?:m|o|st1|v|w):[a-z]+';
/** Attributes that stand without a value; any other word is one of the text, as in a<b and c>d. */
const FLAGS =
  'allowfullscreen autoplay checked compact controls disabled hidden loop muted noshade nowrap open reversed selected';

const oneOf = (names: string) => `(?:${names.replaceAll(' ', '|')})`;
const VALUE = `(?:"[^"<]*"|'[^'<]*'|[^\\s"'<>]+)`;
const ATTRIBUTE = `(?:${oneOf(FLAGS)}|[a-z_:@][\\w:.-]*\\s*=\\s*${VALUE})`;
/** Whatever is tried at a <, nothing is read beyond the next one: the time is linear. */
const TAG = new RegExp(
  `</${oneOf(ELEMENTS)}\\s*>|<${oneOf(ELEMENTS)}(?:\\s+${ATTRIBUTE})*\\s*/?>|<[!?][a-z[][^<>]*>`,
  'gi',
);

const BLOCK = /<!--|<(script|style)(?=[\s>/])/gi;
const ENDS = { comment: /-->/g, script: /<\/script\s*>/gi, style: /<\/style\s*>/gi };

/** Comments, scripts and styles with what they hold. */
function blankBlocks(text: string): string {
  let kept = '';
  let reached = 0;
  const endless = new Set<string>();
  for (const match of text.matchAll(BLOCK)) {
    const kind = (match[1]?.toLowerCase() ?? 'comment') as keyof typeof ENDS;
    if (match.index < reached || endless.has(kind)) continue;
    const end = ENDS[kind];
    end.lastIndex = match.index;
    const found = end.exec(text);
    if (found === null) {
      endless.add(kind);
      continue;
    }
    kept += `${text.slice(reached, match.index)} `;
    reached = found.index + found[0].length;
  }
  return reached === 0 ? text : kept + text.slice(reached);
}

/** A space for each tag of HTML, each comment, script and style; comparisons and all other text stay. */
export function stripMarkup(text: string): string {
  return text.includes('<') ? blankBlocks(text).replace(TAG, ' ') : text;
}
