/** Longer ones are no addresses (RFC 5321 §4.5.3.1). */
const MAX_ADDRESS = 320;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const NEVER_INSIDE = /[\u0000-\u0020\u007f-\u00a0<>]/;

/** The domain in lower case and A-labels, so that both ways to write it are one (RFC 5890 §2.3.2.1). */
export function asciiDomain(domain: string): string {
  const lower = domain.trim().toLowerCase();
  // oxlint-disable-next-line no-control-regex -- everything beyond ASCII is what is looked for
  if (/^[\u0000-\u007f]*$/.test(lower)) return lower;
  try {
    const { hostname } = new URL(`http://${lower}`);
    return /^[a-z0-9.-]+$/.test(hostname) ? hostname : lower;
  } catch {
    return lower;
  }
}

/**
 * An address as it is compared and looked up: lower case, the domain in A-labels, without the angle brackets that some
 * clients put into URIs; '' when the text is no address of one mailbox.
 */
export function mailboxAddress(text: string): string {
  if (text.length > 2 * MAX_ADDRESS) return '';
  const bare = text
    .trim()
    .replace(/^<([^<>]*)>$/, '$1')
    .trim();
  const at = bare.lastIndexOf('@');
  if (at < 1 || at === bare.length - 1 || NEVER_INSIDE.test(bare)) return '';
  const address = `${bare.slice(0, at).toLowerCase()}@${asciiDomain(bare.slice(at + 1))}`;
  return address.length > MAX_ADDRESS ? '' : address;
}
