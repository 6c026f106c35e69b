const MOST_LETTERS = 160;
/** File systems take 255 octets; who saves a file adds some. */
const MOST_OCTETS = 240;

/**
 * The name that a user gave a file, as it is shown and offered for download, never as it is stored: the last part of a
 * path, else as {@link fileName}.
 */
export function uploadedFileName(given: string): string {
  return fileName(given.split(/[/\\]/).at(-1) ?? '');
}

/**
 * A text as the name of a file, in NFC: one line without quotes, control and direction characters (which disguise an
 * extension), path separators and dots that hide it; cut to what file systems take, its extension kept.
 */
export function fileName(text: string): string {
  const letters = text
    .replace(/[\s\p{Zl}\p{Zp}]/gu, ' ')
    // \p{C}: control, format (bidi overrides), unassigned characters and halves of surrogate pairs.
    .replace(/[\p{C}"]/gu, '')
    .replace(/[/\\]+/g, '-')
    .replace(/ +/g, ' ')
    .normalize('NFC');
  const name = /^[. ]*\.[a-z0-9]{1,8}[. ]*$/i.test(letters) ? `file.${trimmed(letters)}` : trimmed(letters);
  if (name === '') return 'file';
  const extension = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length);
  return trimmed(cut(stem, extension.length)) + extension;
}

/** Value of Content-Disposition (RFC 6266): saved, never shown in the page; UTF-8 name by RFC 8187. */
export function attachmentHeader(name: string): string {
  const clean = fileName(name);
  const plain = clean.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const trimmed = (text: string): string => text.replace(/^[. ]+|[. ]+$/g, '');

/** As many letters as fit beside `reserved` ASCII letters. */
function cut(text: string, reserved: number): string {
  let octets = reserved;
  let letters = reserved;
  let end = 0;
  for (const letter of text) {
    letters += 1;
    octets += new TextEncoder().encode(letter).length;
    if (letters > MOST_LETTERS || octets > MOST_OCTETS) break;
    end += letter.length;
  }
  return text.slice(0, end);
}
