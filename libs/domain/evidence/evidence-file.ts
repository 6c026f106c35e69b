/** Extensions of a user's file name, by what the bytes may turn out to be. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  pdf: ['pdf'],
  png: ['png'],
  jpg: ['jpg', 'jpeg'],
  docx: ['docx'],
  xlsx: ['xlsx'],
};

/** True when the bytes are of an allowed kind (`detected`: `pdf`, `png`...) and the name's extension says the same. */
export function evidenceTypeFits(fileName: string, detected: string | null): boolean {
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase();
  if (detected === null || extension === undefined || !Object.hasOwn(EXTENSIONS, detected)) return false;
  return EXTENSIONS[detected]!.includes(extension);
}

const LONGEST = 160;

/**
 * A user's file name as it is shown and offered for download, never as it is stored: last part of a path, without
 * control and direction characters, in NFC, the extension kept when the name is cut.
 */
export function evidenceFileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  // \p{C}: control, format (bidi overrides that disguise an extension) and unassigned characters.
  const clean = last.replace(/[\p{C}"]/gu, '').trim();
  if (clean === '') return 'file';
  const letters = [...clean];
  if (letters.length <= LONGEST) return clean;
  const extension = /\.[a-z0-9]{1,8}$/i.exec(clean)?.[0] ?? '';
  return letters.slice(0, LONGEST - extension.length).join('') + extension;
}

/** Value of Content-Disposition (RFC 6266): saved, never shown in the page; UTF-8 name by RFC 8187. */
export function attachmentHeader(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
