import { InvalidInvitationError } from './invitation.js';

// CONTROL of RFC 5545 §3.1 without HTAB and LF, and the C1 block: U+0085 is a line end for some readers.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
const LONE_SURROGATES = /\p{Surrogate}/gu;
const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;

/** Text that TEXT values can carry: every line end is LF, other controls are gone, UTF-16 is well formed. */
export function cleanText(value: string): string {
  return value.replace(/\r\n?/g, '\n').replace(CONTROLS, '').replace(LONE_SURROGATES, '\uFFFD');
}

/**
 * One line without DQUOTE, which parameter values cannot carry (RFC 5545 §3.2), and without a backslash,
 * which has no meaning there but is read as an escape by several clients.
 */
export function cleanName(value: string): string {
  return cleanText(value)
    .replace(/"/g, '\u2019')
    .replace(/\\/g, '\uFF3C')
    .replace(/[\n\t\u2028\u2029]+/g, ' ')
    .trim();
}

/**
 * @throws InvalidInvitationError when the address is not a plain ASCII addr-spec (RFC 5322 §3.4.1,
 * without quoted local parts and comments)
 */
export function checkedAddress(field: string, value: string): string {
  if (!ADDRESS.test(value)) throw new InvalidInvitationError(field, 'not a mail address');
  return value;
}

/** The normal form of an http(s) address, or '' for ''. @throws InvalidInvitationError otherwise */
export function checkedUrl(field: string, value: string): string {
  if (value === '') return '';
  if (!URL.canParse(value)) throw new InvalidInvitationError(field, 'not an address');
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InvalidInvitationError(field, 'only http and https addresses are allowed');
  }
  // A query may hold backslashes, which no URI does (RFC 3986 §2).
  return url.href.replaceAll('\\', '%5C');
}

/** RFC 6068 §2: everything outside the unreserved and the harmless delimiters is percent-encoded. */
export function toMailto(address: string): string {
  const encoded = address.replace(
    /[^A-Za-z0-9\-._~!$'()*+,;:@]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `mailto:${encoded}`;
}

/** The address of a `mailto:` URI in any case; null when it is another kind of URI or malformed. */
export function fromMailto(uri: string): string | null {
  if (!/^mailto:/i.test(uri)) return null;
  const path = uri.slice('mailto:'.length).split('?')[0] ?? '';
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
