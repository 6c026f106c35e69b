import { asciiDomain } from './mail-address.js';

/**
 * The address of an invitation's answers: the mailbox with the invitation's key as subaddress (RFC 5233), so that a
 * reply proves by where it goes that its writer holds the invitation. It stays the same over the invitation's life.
 */
export function replyAddress(mailbox: string, key: string): string {
  const at = mailbox.lastIndexOf('@');
  return `${mailbox.slice(0, at)}+${key}${mailbox.slice(at)}`;
}

/** The key in an address of the mailbox; '' for the mailbox itself, null for another mailbox's address. */
export function replyKeyOf(address: string, mailbox: string): string | null {
  const [local, domain] = splitAddress(address);
  const [ownLocal, ownDomain] = splitAddress(mailbox);
  if (domain !== ownDomain) return null;
  if (local === ownLocal) return '';
  return local.startsWith(`${ownLocal}+`) ? local.slice(ownLocal.length + 1) : null;
}

function splitAddress(address: string): [string, string] {
  const lower = address.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  return at < 0 ? [lower, ''] : [lower.slice(0, at), asciiDomain(lower.slice(at + 1))];
}
