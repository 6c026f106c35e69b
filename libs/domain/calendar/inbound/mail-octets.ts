const LF = 10;
const CR = 13;
const MAX_HEADER = 1_048_576;

/** Text that nothing reliable labels: UTF-8 when it is valid, else GB 18030, which Chinese servers send as it is. */
export function unlabelledText(octets: Uint8Array): string {
  return decodeAs(octets, 'utf-8') ?? new TextDecoder('gb18030').decode(octets);
}

/** A mail in which carriage returns alone end the lines, as some archives keep it, with line feeds; others as they are. */
export function withLineFeeds(mail: Uint8Array): Uint8Array {
  return mail.includes(LF) ? mail : mail.map((octet) => (octet === CR ? LF : octet));
}

/** The beginning of everything behind the header of a mail, as it was sent. `most`: octets. */
export function bodyText(mail: Uint8Array, most: number): string {
  const start = headerEnd(mail);
  return unlabelledText(mail.subarray(start, start + most));
}

/**
 * The same mail with a header in UTF-8 (RFC 6532): lines of its header that are not valid UTF-8 are read as GB 18030.
 * Lines that are neither stay as they are, and those in which a character would take in an `@` or a backslash: our mail
 * server, which vouches for the writer, read these octets as what they say in ASCII.
 */
export function withUtf8Header(mail: Uint8Array): Uint8Array {
  const end = headerEnd(mail);
  const header = mail.subarray(0, end);
  if (decodeAs(header, 'utf-8') !== null) return mail;
  const encoder = new TextEncoder();
  const lines: Uint8Array[] = [];
  for (let from = 0; from < end;) {
    const lineEnd = header.indexOf(LF, from);
    const next = lineEnd < 0 ? end : lineEnd + 1;
    const line = header.subarray(from, next);
    const text = decodeAs(line, 'utf-8') === null ? decodeAs(line, 'gb18030') : null;
    const read = text === null ? line : encoder.encode(text);
    lines.push(signsIn(read) === signsIn(line) ? read : line);
    from = next;
  }
  return concatenated([...lines, mail.subarray(end)]);
}

/** How many octets are an `@` or a backslash. */
function signsIn(line: Uint8Array): number {
  return line.reduce((sum, octet) => sum + (octet === 0x40 || octet === 0x5c ? 1 : 0), 0);
}

/** Behind the first empty line, else the end. */
function headerEnd(mail: Uint8Array): number {
  const most = Math.min(mail.length, MAX_HEADER);
  for (let at = mail.indexOf(LF); at >= 0 && at < most; at = mail.indexOf(LF, at + 1)) {
    const next = mail[at + 1] === 13 ? at + 2 : at + 1;
    if (mail[next] === LF) return next + 1;
  }
  return most;
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function decodeAs(octets: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return null;
  }
}
