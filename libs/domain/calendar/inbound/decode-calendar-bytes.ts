const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;

/**
 * The text of a calendar part, unfolded (RFC 5545 §3.1). Folds are taken out of the octets before they are decoded:
 * several clients fold inside a character. What is valid UTF-8 is read as UTF-8 whatever its label says; else the
 * label counts, then GB 18030, which Chinese clients send unlabelled. Line ends become LF. O(octets).
 */
export function decodeCalendarBytes(bytes: Uint8Array, charset: string | null): string {
  const label = charset?.trim().toLowerCase() ?? '';
  const wide = /^utf-16(?:le|be)?$/.exec(wideByMark(bytes) ?? label)?.[0];
  if (wide !== undefined) return unfoldText(decodeAs(bytes, wide) ?? '').replaceAll('\0', '');
  const unfolded = unfold(bytes);
  const text =
    decodeAs(unfolded, 'utf-8') ??
    (isUtf8(label) ? null : decodeAs(unfolded, label)) ??
    decodeAs(unfolded, 'gb18030') ??
    new TextDecoder('latin1').decode(unfolded);
  return text.replace(/^\uFEFF/, '').replaceAll('\0', '');
}

function isUtf8(label: string): boolean {
  return ['', 'utf-8', 'utf8', 'us-ascii', 'ascii'].includes(label);
}

/** UTF-16 by its byte order mark, which no other encoding of text begins with. */
function wideByMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

function decodeAs(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function unfold(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte !== CR && byte !== LF) {
      out[length++] = byte;
      at++;
      continue;
    }
    const next = afterLineEnd(bytes, at);
    const follows = bytes[next];
    if (follows === SPACE || follows === TAB) {
      at = next + 1;
    } else {
      out[length++] = LF;
      at = next;
    }
  }
  return out.subarray(0, length);
}

/** CRLF, LF, CR and the CR CR LF of broken gateways end a line. */
function afterLineEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === CR) at++;
  return bytes[at] === LF ? at + 1 : at;
}

function unfoldText(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r+\n?/g, '\n')
    .replace(/\n[ \t]/g, '');
}
