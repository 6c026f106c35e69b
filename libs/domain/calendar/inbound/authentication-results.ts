import { asciiDomain } from './mail-address.js';

/** One `method=result` of an Authentication-Results field with its properties, names in lower case (RFC 8601 §2.2). */
interface AuthenticationResult {
  readonly method: string;
  readonly result: string;
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * Whether the address in From was authenticated by one of our own mail servers: DMARC passed for its domain, or, where
 * no DMARC result is told, an aligned DKIM signature or SPF check did. Only the topmost field of a trusted
 * authserv-id counts; fields of others came with the mail (RFC 8601 §5). `fields`: values, topmost first.
 */
export function isFromAuthenticated(
  fromAddress: string,
  fields: readonly string[],
  trustedIds: readonly string[],
): boolean {
  const domain = domainOf(fromAddress);
  if (domain === null) return false;
  const trusted = trustedIds.map((id) => id.toLowerCase());
  for (const field of fields) {
    const { id, results } = readAuthenticationResults(field);
    if (trusted.includes(id)) return passes(results, domain);
  }
  return false;
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

/** The authserv-id and the results of a field's value; comments are dropped. */
export function readAuthenticationResults(value: string): { id: string; results: AuthenticationResult[] } {
  const [first, ...rest] = readParts(value);
  return {
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

/**
 * The words of the parts between semicolons. What a sender chose, such as a local part, stands in quotes or comments:
 * nothing in them separates, and of a field in which one stays open only the name of its server is left (RFC 8601 §2.2,
 * RFC 5322 §3.2).
 */
function readParts(value: string): string[][] {
  const parts: string[][] = [];
  let words: string[] = [];
  let word = '';
  let depth = 0;
  let quoted = false;
  const endWord = (): void => {
    if (word !== '') words.push(word);
    word = '';
  };
  for (let at = 0; at < value.length; at++) {
    const char = value[at] ?? '';
    if (char === '\\' && (quoted || depth > 0)) {
      at++;
      if (quoted) word += value[at] ?? '';
    } else if (depth > 0 || (char === '(' && !quoted)) {
      depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    } else if (char === '"') {
      quoted = !quoted;
    } else if (quoted || !/[\s;]/.test(char)) {
      word += char;
    } else {
      endWord();
      if (char !== ';') continue;
      parts.push(words);
      words = [];
    }
  }
  endWord();
  return quoted || depth > 0 ? [parts[0] ?? words] : [...parts, words];
}
