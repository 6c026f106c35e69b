import { isAscii } from 'node:buffer';
import { decodeCharset, decodeWindows1252, isSevenBit } from './charsets.js';

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;

/**
 * The text of a calendar part, unfolded (RFC 5545 §3.1). Folds are taken out of the octets before they are decoded:
 * several clients fold inside a character. What is valid UTF-8 is read as UTF-8 whatever its label says, unless the
 * label names a charset that looks like ASCII; else the label counts, then GB 18030, which Chinese clients send
 * unlabelled. Line ends become LF. O(octets).
 */
export function decodeCalendarBytes(bytes: Uint8Array, charset: string | null): string {
  const label = charset?.trim().toLowerCase() ?? '';
  const wide = wideByMark(bytes) ?? (label.startsWith('utf-16') ? wideByBegin(bytes) : null);
  if (wide !== null) return unfoldText(decodeCharset(bytes, wide) ?? '').replaceAll('\0', '');
  const unfolded = unfold(bytes);
  const text =
    (isSevenBit(label) && isAscii(unfolded) ? decodeCharset(unfolded, label) : null) ??
    decodeCharset(unfolded, 'utf-8') ??
    (isUtf8(label) ? null : decodeCharset(unfolded, label)) ??
    decodeCharset(unfolded, 'gb18030') ??
    decodeWindows1252(unfolded);
  return text.replace(/^\uFEFF/, '').replaceAll('\0', '');
}

function isUtf8(label: string): boolean {
  return ['', 'utf-8', 'utf8', 'us-ascii', 'ascii'].includes(label) || label.startsWith('utf-16');
}

/** UTF-16 by its byte order mark, which no other encoding of text begins with. */
function wideByMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** UTF-16 without a mark by its first character, which is ASCII in a calendar. null = it is not so wide. */
function wideByBegin(bytes: Uint8Array): string | null {
  if (bytes[0] === 0) return 'utf-16be';
  return bytes[1] === 0 ? 'utf-16le' : null;
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
