/** Characters that are not mistaken for each other on paper: no 0 O 1 I L. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
export const TICKET_CODE_LENGTH = 10;

/** A code of ten characters from at least ten random bytes: 49 bits, which the unequal remainder of 256 / 31 hardly lessens. */
export function ticketCode(random: Uint8Array): string {
  let code = '';
  for (let i = 0; i < TICKET_CODE_LENGTH; i++) code += ALPHABET[random[i]! % ALPHABET.length];
  return code;
}

/** How a typed code is meant: upper case, without spaces and hyphens. */
export const normaliseTicketCode = (typed: string): string => typed.toUpperCase().replaceAll(/[\s-]/g, '');

/** Content of the QR code on a ticket: version, code, signature. */
export const ticketQr = (code: string, signature: string): string => `DJ1.${code}.${signature}`;

/** Parts of a scanned code, or null when it is nothing of ours. */
export function readTicketQr(content: string): { code: string; signature: string } | null {
  const match = /^DJ1\.([2-9A-HJ-NP-Z]{10})\.([\w-]{22})$/.exec(content.trim());
  return match === null ? null : { code: match[1]!, signature: match[2]! };
}
