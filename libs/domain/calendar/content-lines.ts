import { isUtf8 } from 'node:buffer';

/** A broken rule: `rule` is a stable code with its RFC section, `message` says where and what. */
export interface ItipViolation {
  rule: string;
  message: string;
}

export interface ContentLine {
  readonly name: string;
  /** Parameter names in upper case; values without their quotes. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly value: string;
}

export interface ContentComponent {
  name: string;
  lines: ContentLine[];
  components: ContentComponent[];
  /** A property stood after a sub-component, which RFC 5545 §3.4 and §3.6.1 do not allow. */
  lineAfterComponent: boolean;
}

const LF = 10;
const CR = 13;
const MAX_OCTETS = 75;
const NAME = /^(?:[A-Za-z0-9-]+)/;

/**
 * The byte rules of RFC 5545 §3.1, checked before anything is decoded: CRLF only, a final CRLF, lines
 * of at most 75 octets, folds between characters only, no control characters.
 */
export function checkLines(bytes: Uint8Array): ItipViolation[] {
  const violations: ItipViolation[] = [];
  const add = (rule: string, message: string) => violations.push({ rule, message });
  if (isPlainlyRight(bytes)) return violations;
  // Lines end at ASCII: when all is UTF-8, each of them is, and a fold within a character spoils all.
  const whole = isUtf8(bytes);
  let lineStart = 0;
  let line = 1;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== LF && at < bytes.length) {
      if (byte === CR && bytes[at + 1] !== LF) add('5545-3.1-crlf', `line ${line}: CR without LF`);
      else if (isControl(byte)) add('5545-3.1-control', `line ${line}: control character ${byte}`);
      continue;
    }
    if (at === bytes.length && lineStart === at) break;
    const hasCr = bytes[at - 1] === CR && at < bytes.length;
    if (!hasCr) {
      add('5545-3.1-crlf', at === bytes.length ? 'no CRLF at the end' : `line ${line}: LF without CR`);
    }
    const octets = at - lineStart - (hasCr ? 1 : 0);
    if (octets > MAX_OCTETS) add('5545-3.1-octets', `line ${line}: ${octets} octets`);
    if (octets === 0) add('5545-3.1-empty', `line ${line}: empty`);
    if (!whole && !isUtf8(bytes.subarray(lineStart, lineStart + octets))) {
      add('5545-3.1-utf8', `line ${line}: not whole UTF-8 characters`);
    }
    lineStart = at + 1;
    line++;
  }
  return violations;
}

/** The same rules in one expression over octets: what does not pass is looked at line by line. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const RIGHT_LINES = /^(?:[\t\x20-\x7e\x80-\xff]{1,75}\r\n)+$/;

function isPlainlyRight(bytes: Uint8Array): boolean {
  return RIGHT_LINES.test(asBuffer(bytes).toString('latin1')) && isUtf8(bytes);
}

/** The same octets, not a copy. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

function isControl(byte: number | undefined): boolean {
  return byte !== undefined && byte !== 9 && byte !== CR && (byte < 32 || byte === 127);
}

/** The components of an object, read without ical.js so that it cannot vouch for itself. */
export function parseComponents(text: string, violations: ItipViolation[]): ContentComponent[] {
  const root = newComponent('');
  const open = [root];
  for (const raw of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    if (raw === '') continue;
    const line = parseLine(raw);
    if (!line) {
      violations.push({ rule: '5545-3.1-line', message: `not a content line: ${raw.slice(0, 40)}` });
      continue;
    }
    const current = open[open.length - 1] ?? root;
    if (line.name === 'BEGIN') {
      const child = newComponent(line.value.toUpperCase());
      current.components.push(child);
      open.push(child);
    } else if (line.name === 'END') {
      if (open.length > 1 && line.value.toUpperCase() === current.name) open.pop();
      else violations.push({ rule: '5545-3.4-nesting', message: `END:${line.value} does not match` });
    } else {
      if (current.components.length > 0) current.lineAfterComponent = true;
      current.lines.push(line);
    }
  }
  if (open.length > 1) violations.push({ rule: '5545-3.4-nesting', message: 'a component is not closed' });
  if (root.lines.length > 0)
    violations.push({ rule: '5545-3.4-nesting', message: 'lines outside VCALENDAR' });
  return root.components;
}

function newComponent(name: string): ContentComponent {
  return { name, lines: [], components: [], lineAfterComponent: false };
}

/** `name *(";" param) ":" value` of RFC 5545 §3.1; null when the line does not match. */
export function parseLine(raw: string): ContentLine | null {
  const name = NAME.exec(raw)?.[0];
  if (!name) return null;
  const parameters = new Map<string, string[]>();
  let at = name.length;
  while (raw[at] === ';') {
    const parameter = /^;([A-Za-z0-9-]+)=/.exec(raw.slice(at));
    if (!parameter?.[1]) return null;
    at += parameter[0].length;
    const values: string[] = [];
    for (;;) {
      const value = /^(?:"([^"]*)"|([^";:,]*))/.exec(raw.slice(at));
      if (!value) return null;
      values.push(value[1] ?? value[2] ?? '');
      at += value[0].length;
      if (raw[at] !== ',') break;
      at++;
    }
    parameters.set(parameter[1].toUpperCase(), values);
  }
  if (raw[at] !== ':') return null;
  return { name: name.toUpperCase(), parameters, value: raw.slice(at + 1) };
}
