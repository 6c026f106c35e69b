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
