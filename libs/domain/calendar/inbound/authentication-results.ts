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
  const given = authenticated.toLowerCase().replace(/^.*@/, '').replace(/\.$/, '');
  return given === domain || (given.split('.').length >= 3 && domain.endsWith(`.${given}`));
}

function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@');
  return at < 1 ? null : address.slice(at + 1).toLowerCase();
}

/** The authserv-id and the results of a field's value; comments are dropped. */
export function readAuthenticationResults(value: string): { id: string; results: AuthenticationResult[] } {
  const [first = '', ...rest] = withoutComments(value).split(';');
  return {
    id: (first.trim().split(/\s+/)[0] ?? '').toLowerCase(),
    results: rest.flatMap((part) => {
      const words = part.trim().split(/\s+/);
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
  const value = word.slice(equals + 1).replace(/^"|"$/g, '');
  return [word.slice(0, equals).toLowerCase(), value.toLowerCase()];
}

function withoutComments(value: string): string {
  let depth = 0;
  let out = '';
  for (const char of value) {
    if (char === '(') depth++;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) out += char;
  }
  return out;
}
