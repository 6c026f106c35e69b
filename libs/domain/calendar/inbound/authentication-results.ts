import { asciiDomain } from './mail-address.js';

/** One `method=result` of an Authentication-Results field with its properties, names in lower case (RFC 8601 §2.2). */
interface AuthenticationResult {
  readonly method: string;
  readonly result: string;
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * Whether the address in From was authenticated by one of our own mail servers: DMARC passed for its domain, or, where
 * no DMARC result is told, an aligned DKIM signature or SPF check did. Our servers may write a field for each method
 * (RFC 8601 §4.1, App. B.4): of a method the topmost one tells, and a DMARC failure in any refuses. Fields of other
 * authserv-ids came with the mail and never count (§5). `fields`: values, topmost first.
 */
export function isFromAuthenticated(
  fromAddress: string,
  fields: readonly string[],
  trustedIds: readonly string[],
): boolean {
  const domain = domainOf(fromAddress);
  if (domain === null) return false;
  const trusted = trustedIds.map((id) => id.toLowerCase());
  const ours = fields.map(readAuthenticationResults).filter(({ id }) => trusted.includes(id));
  // What the broken field of a server of ours says is unknown, and nothing below it makes up for that.
  const results = ours.some(({ broken }) => broken) ? [] : ours.map((field) => field.results);
  if (results.flat().some(({ method, result }) => method === 'dmarc' && result === 'fail')) return false;
  const told = new Set<string>();
  const topmost = results.flatMap((field) => {
    const found = field.filter(({ method }) => !told.has(method));
    for (const { method } of found) told.add(method);
    return found;
  });
  return passes(topmost, domain);
}

function passes(results: readonly AuthenticationResult[], domain: string): boolean {
  const dmarc = results.filter((result) => result.method === 'dmarc');
  const told = dmarc.filter((result) => result.result !== 'none');
  if (told.length > 0) {
    return told.every(
      ({ result, properties }) => result === 'pass' && isAligned(properties['header.from'] ?? domain, domain),
    );
  }
  return results.some(({ method, result, properties }) => {
    if (result !== 'pass') return false;
    if (method === 'dkim') return isAligned(properties['header.d'] ?? properties['header.i'] ?? '', domain);
    if (method === 'spf') return isAligned(properties['smtp.mailfrom'] ?? '', domain);
    return false;
  });
}

/** Relaxed alignment towards a parent domain (RFC 7489 §3.1), never towards a top-level domain. */
function isAligned(authenticated: string, domain: string): boolean {
  const given = asciiDomain(authenticated.slice(authenticated.lastIndexOf('@') + 1).replace(/\.$/, ''));
  return given === domain || (given.split('.').length >= 3 && domain.endsWith(`.${given}`));
}

function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@');
  return at < 1 ? null : asciiDomain(address.slice(at + 1));
}

/** The authserv-id and the results of a field's value; comments are dropped. Of a broken one only the id is read. */
export function readAuthenticationResults(value: string): {
  id: string;
  broken: boolean;
  results: AuthenticationResult[];
} {
  const { parts, broken } = readParts(value);
  const [first, ...rest] = parts;
  return {
    broken,
    id: (first?.[0] ?? '').toLowerCase(),
    results: rest.flatMap((words) => {
      const [method, result] = splitAt(words[0] ?? '');
      if (result === '') return [];
      const properties = Object.fromEntries(words.slice(1).map(splitAt));
      return [{ method: method.replace(/\/\d+$/, ''), result, properties }];
    }),
  };
}

function splitAt(word: string): [string, string] {
  const equals = word.indexOf('=');
  if (equals < 0) return [word.toLowerCase(), ''];
  return [word.slice(0, equals).toLowerCase(), word.slice(equals + 1).toLowerCase()];
}

const NEXT_PROPERTY = /^[a-z]+\.[\w.-]+=/i;

/**
 * The words of the parts between semicolons. What a sender chose, such as a local part, stands in quotes or comments:
 * nothing in them separates, and of a field in which one stays open only the name of its server is left (RFC 8601 §2.2,
 * RFC 5322 §3.2).
 */
function readParts(value: string): { parts: string[][]; broken: boolean } {
  const parts: string[][] = [];
  let words: string[] = [];
  let word = '';
  let depth = 0;
  let quoted = false;
  // A word with quotes in it is whole: what follows it is another one.
  let whole = false;
  let lastWhole = false;
  let joined = 0;
  const endWord = (): void => {
    if (word !== '') {
      // A property without a value, such as the empty return path, does not take in the next property.
      const two = !whole && NEXT_PROPERTY.test(word.slice(joined));
      words.push(...(joined > 0 && two ? [word.slice(0, joined), word.slice(joined)] : [word]));
      lastWhole = whole;
    }
    word = '';
    whole = false;
    joined = 0;
  };
  // White space and comments may stand around the first "=" of a word (RFC 8601 §2.2).
  const rejoin = (char: string): void => {
    if (word !== '' || lastWhole) return;
    const last = words[words.length - 1] ?? '';
    const open = last.indexOf('=') === last.length - 1 && last !== '';
    if (open || (char === '=' && last !== '' && !last.includes('='))) word = words.pop() ?? '';
    joined = word.length;
  };
  for (let at = 0; at < value.length; at++) {
    const char = value[at] ?? '';
    if (char === '\\' && (quoted || depth > 0)) {
      at++;
      if (quoted) word += value[at] ?? '';
    } else if (depth > 0 || (char === '(' && !quoted)) {
      depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    } else if (char === '"') {
      if (!quoted) rejoin(char);
      quoted = !quoted;
      whole = true;
    } else if (quoted || !/[\s;]/.test(char)) {
      if (!quoted) rejoin(char);
      word += char;
    } else {
      endWord();
      if (char !== ';') continue;
      parts.push(words);
      words = [];
    }
  }
  endWord();
  const broken = quoted || depth > 0;
  return { broken, parts: broken ? [parts[0] ?? words] : [...parts, words] };
}
