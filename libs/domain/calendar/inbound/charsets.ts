/** Labels of Microsoft's code pages that TextDecoder does not know by them. */
const ALIASES: Readonly<Record<string, string>> = {
  950: 'big5',
  936: 'gbk',
  932: 'shift_jis',
  949: 'euc-kr',
};

/** 0x80 to 0x9F of Windows-1252; what it leaves open stays a control. Node 20 reads all of them as controls. */
const WINDOWS_1252 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

/** The text, or null when the octets are not of the charset or its label is unknown. O(octets). */
export function decodeCharset(bytes: Uint8Array, label: string): string | null {
  const name = ALIASES[/^(?:cp|ms|x-windows-|windows-)(\d+)$/.exec(label)?.[1] ?? ''] ?? label;
  if (isHz(name)) return decodeHz(bytes);
  if (isUtf7(name)) return decodeUtf7(bytes);
  try {
    const decoder = new TextDecoder(name, { fatal: true });
    if (decoder.encoding === 'windows-1252') return decodeWindows1252(bytes);
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Whether text in the charset looks like ASCII, and so like UTF-8, although it is neither. */
export function isSevenBit(label: string): boolean {
  return isHz(label) || isUtf7(label) || /^(?:cs)?iso-?2022-?jp/.test(label);
}

const isHz = (label: string): boolean => /^hz(?:-gb-?2312)?$/.test(label);
const isUtf7 = (label: string): boolean => /^(?:cs|unicode-1-1-)?utf-?7$/.test(label);

export function decodeWindows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0080-\u009F]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char);
}

/** RFC 1843: GB 2312 without the high bits between `~{` and `~}`, which a line does not outlive. */
function decodeHz(bytes: Uint8Array): string | null {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  let chinese = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1] ?? 0;
    if (byte === LF) chinese = false;
    if (byte === TILDE && next === (chinese ? CLOSE : OPEN)) {
      chinese = !chinese;
      at++;
    } else if (byte === TILDE && !chinese && (next === TILDE || next === LF)) {
      if (next === TILDE) out[length++] = TILDE;
      at++;
    } else {
      out[length++] = chinese ? byte | 0x80 : byte;
    }
  }
  return decodeCharset(out.subarray(0, length), 'gb18030');
}

const LF = 10;
const PLUS = 43;
const MINUS = 45;
const OPEN = 123;
const CLOSE = 125;
const TILDE = 126;

/** RFC 2152: UTF-16 in base64 between `+` and what is no base64; null for what is not written so. */
function decodeUtf7(bytes: Uint8Array): string | null {
  const parts: string[] = [];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  let at = 0;
  while (at < text.length) {
    const plus = bytes.indexOf(PLUS, at);
    const end = plus < 0 ? text.length : plus;
    parts.push(text.slice(at, end));
    if (plus < 0) break;
    SHIFTED.lastIndex = plus + 1;
    const shifted = SHIFTED.exec(text)?.[0] ?? '';
    at = plus + 1 + shifted.length;
    const closed = bytes[at] === MINUS;
    if (closed) at++;
    const decoded = shifted === '' ? (closed ? '+' : null) : decodeShifted(shifted);
    if (decoded === null) return null;
    parts.push(decoded);
  }
  return parts.join('');
}

const SHIFTED = /[A-Za-z0-9+/]*/y;

function decodeShifted(base64: string): string | null {
  const octets = Buffer.from(base64, 'base64');
  const whole = octets.subarray(0, octets.length - (octets.length % 2));
  // Bits that are left over are less than one character of base64, and zero.
  if (whole.toString('base64').replace(/=+$/, '') !== base64) return null;
  return decodeCharset(whole, 'utf-16be');
}
