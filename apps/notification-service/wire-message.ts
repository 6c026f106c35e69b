import { Readable, Transform } from 'node:stream';

const END = '.\r\n';
const LAST = Buffer.from(END);
const CRLF = Buffer.from('\r\n');
const DOT = 0x2e;

/**
 * A message as it goes over the connection after DATA: a dot before each line that begins with one, and a line with a
 * dot alone at the end (RFC 5321 §4.5.2). Lines of `raw` end with CRLF, as `writeMessage` and the signer write them: a lone
 * CR or LF would go out as it is.
 */
export function wireForm(raw: Buffer): Buffer {
  if (raw[0] !== DOT && !raw.includes('\r\n.') && raw.subarray(-2).equals(CRLF))
    return Buffer.concat([raw, LAST]);
  const text = raw.toString('latin1').replace(/^\./gm, '..');
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}${END}`, 'latin1');
}

/**
 * A message in its wire form, for `SMTPConnection.send`. The transform into which that pipes messages would look at
 * every octet once more, which takes half of what a mail costs there: what is ready goes past it, to its readers.
 */
export class WireMessage extends Readable {
  constructor(private readonly wire: Buffer) {
    super({ read: () => undefined });
  }

  override pipe<Destination extends NodeJS.WritableStream>(destination: Destination): Destination {
    if (!(destination instanceof Transform))
      throw new TypeError('A message goes into the transform of DATA.');
    destination.push(this.wire);
    destination.push(null);
    return destination;
  }
}
