/** Octets of UTF-8 in one encoded word: 60 characters of base64, so that a word stays under the 75 of RFC 2047 §2. */
const WORD_OCTETS = 45;
const ASCII = /^[\x20-\x7e]*$/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f]+/g;

/** Text of a header (RFC 5322 §2.2.1), as encoded words when it is not plain ASCII (RFC 2047); never a line break. */
export function headerText(text: string): string {
  const clean = text.replace(CONTROLS, ' ').trim();
  return ASCII.test(clean) && !clean.includes('=?') ? clean : encodedWords(clean);
}

/** `"Name" <address>` of RFC 5322 §3.4; without a name the address alone. */
export function headerAddress(name: string, address: string): string {
  const clean = name.replace(CONTROLS, ' ').trim();
  const plain = address.replace(CONTROLS, '').replace(/[<>\s]/g, '');
  if (clean === '') return plain;
  const phrase =
    ASCII.test(clean) && !clean.includes('=?') ? `"${clean.replace(/["\\]/g, '\\$&')}"` : encodedWords(clean);
  return `${phrase} <${plain}>`;
}

/** The date-time of RFC 5322 §3.3, in UTC. */
export const headerDate = (at: Date): string => at.toUTCString().replace('GMT', '+0000');

/** Base64 in lines of 76 characters (RFC 2045 §6.8), each ended by CRLF. */
export function base64Lines(bytes: Buffer): string {
  const text = bytes.toString('base64');
  let lines = '';
  for (let at = 0; at < text.length; at += 76) lines += `${text.slice(at, at + 76)}\r\n`;
  return lines;
}

/** Words of whole characters, folded between them. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  let octets = 0;
  const close = () => {
    if (word !== '') words.push(`=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`);
  };
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (octets + size > WORD_OCTETS) {
      close();
      word = '';
      octets = 0;
    }
    word += character;
    octets += size;
  }
  close();
  return words.join('\r\n ');
}
