/** Why a calendar part was not read: `malformed` by its writer, or beyond what is read of a stranger's mail. */
export type CalendarFault = 'malformed' | 'too-large';

export class UnreadableCalendarError extends Error {
  override readonly name = 'UnreadableCalendarError';
  constructor(
    readonly fault: CalendarFault,
    reason: string,
  ) {
    super(reason);
  }
}

export interface InboundLine {
  /** Upper case. */
  readonly name: string;
  /** Names in upper case; of a repeated parameter the last. Values as RFC 6868 writes them are decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly value: string;
}

export interface InboundComponent {
  readonly name: string;
  readonly lines: InboundLine[];
  readonly components: InboundComponent[];
}

const MAX_LINES = 20_000;
const MAX_DEPTH = 16;
const MAX_PARAMETERS = 64;
/** As RFC 5545 §3.1, and with what vendors put into names besides. */
const NAME = /^[A-Za-z0-9_-]+/;
const PARAMETER_NAME = /^[A-Za-z0-9_.-]+$/;
/** Whose values clients write without care for quotes: people's names and their own. */
const LOOSE = /^(?:CN|X-.*)$/i;
/** In which quotes are left open: those of RFC 5545 §3.2 and of vendors, as far as programs put texts into them. */
const QUOTED_BY_PROGRAMS = /^(?:CN|DELEGATED-(?:FROM|TO)|DIR|EMAIL|MEMBER|SENT-BY|TZID|X-.*)$/i;
/** What some write instead of a colon. */
const EQUALS = /^="([^"]*)"\s*$/;
/** A property of a vendor (RFC 5545 §3.8.8.2), of which nothing is read. */
const VENDORS = /^X-[A-Z0-9-]+(?:[;:]|\s*$)/i;
/** Nothing that is read of a mail sits in these; unknown ones are skipped line by line when they are broken. */
const MUST_READ = new Set(['VCALENDAR', 'VEVENT']);

/**
 * The objects of unfolded calendar text (one stream may hold several, RFC 5545 §3.4), read as tolerantly as the clients
 * of this world write: unclosed quotes, commas outside quotes, a forgotten END of the object, the footer of a mailing
 * list behind it. Any other line that is none at all is an error, so that a mail which lost half of its text is not half
 * believed. At least one object. Linear in the length.
 * @throws UnreadableCalendarError
 */
export function readCalendarObjects(text: string): InboundComponent[] {
  const lines = text.split('\n');
  if (lines.length > MAX_LINES) throw new UnreadableCalendarError('too-large', `${lines.length} lines`);
  const root: InboundComponent = { name: '', lines: [], components: [] };
  const open = [root];
  for (const raw of lines) if (raw.trim() !== '') readLine(raw, open);
  const calendars = root.components.filter((component) => component.name === 'VCALENDAR');
  const left = open.slice(1).map((component) => component.name);
  if (left.some((name) => name !== 'VCALENDAR')) {
    throw new UnreadableCalendarError('malformed', `${left.join(' > ')} is not closed`);
  }
  if (calendars.length > 0) return calendars;
  const components = root.components.filter((component) => component.name !== 'VCARD');
  if (components.length === 0) throw new UnreadableCalendarError('malformed', 'No calendar in the part');
  return [{ name: 'VCALENDAR', lines: [], components }];
}

function readLine(raw: string, open: InboundComponent[]): void {
  const current = open[open.length - 1];
  if (current === undefined) return;
  const line = parseInboundLine(raw);
  if (line === null) {
    if (current.name === '' ? current.components.length > 0 : !MUST_READ.has(current.name)) return;
    if (VENDORS.test(raw)) return;
    throw new UnreadableCalendarError('malformed', `Not a content line: ${raw.slice(0, 60)}`);
  }
  if (line.name === 'BEGIN') begin(line.value.trim().toUpperCase(), open);
  else if (line.name === 'END') end(line.value.trim().toUpperCase(), open);
  else current.lines.push(line);
}

function begin(name: string, open: InboundComponent[]): void {
  if (open.length > MAX_DEPTH) throw new UnreadableCalendarError('too-large', 'Components nested too deeply');
  const child: InboundComponent = { name, lines: [], components: [] };
  open[open.length - 1]?.components.push(child);
  open.push(child);
}

function end(name: string, open: InboundComponent[]): void {
  if (open.length < 2 || open[open.length - 1]?.name !== name) {
    throw new UnreadableCalendarError('malformed', `END:${name.slice(0, 40)} closes nothing`);
  }
  open.pop();
}

/** `name *(";" param) ":" value`; null when it cannot be read so. */
export function parseInboundLine(raw: string): InboundLine | null {
  const name = NAME.exec(raw)?.[0];
  if (name === undefined) return null;
  const parameters: Record<string, string> = {};
  let at = name.length;
  for (let count = 0; raw[at] === ';'; count++) {
    if (count === MAX_PARAMETERS)
      throw new UnreadableCalendarError('too-large', `${name}: too many parameters`);
    const parameter = readParameter(raw, at + 1);
    if (parameter === null) return null;
    parameters[parameter.name] = parameter.value;
    at = parameter.end;
  }
  const equals = at === name.length ? EQUALS.exec(raw.slice(at))?.[1] : undefined;
  if (equals !== undefined) return { name: name.toUpperCase(), parameters, value: equals };
  if (raw[at] !== ':') return null;
  return { name: name.toUpperCase(), parameters, value: raw.slice(at + 1) };
}

function readParameter(raw: string, from: number): { name: string; value: string; end: number } | null {
  const equals = raw.indexOf('=', from);
  const name = equals < 0 ? '' : raw.slice(from, equals);
  if (!PARAMETER_NAME.test(name)) return null;
  // A quote that stays open, or is closed after the last colon only, was meant to be closed before: it means nothing.
  const value =
    readParameterValue(raw, equals + 1, true) ??
    (QUOTED_BY_PROGRAMS.test(name) ? readParameterValue(raw, equals + 1, false) : null);
  if (value === null || (value.beside && !LOOSE.test(name))) return null;
  return { name: name.toUpperCase(), value: decodeCaret(value.text), end: value.end };
}

/** `beside`: something stands before or behind a quoted text, which is an error (RFC 5545 §3.1). */
function readParameterValue(
  raw: string,
  from: number,
  quotes: boolean,
): { text: string; end: number; beside: boolean } | null {
  let text = '';
  let beside = false;
  for (let at = from; at < raw.length; at++) {
    const char = raw[at] ?? '';
    if (char === ';' || char === ':') return { text, end: at, beside };
    const close = char === '"' && quotes ? raw.indexOf('"', at + 1) : -1;
    if (char === '"' && quotes && close < 0) return null;
    if (close > 0) {
      beside ||= (at > from && raw[at - 1] !== ',') || !',;:'.includes(raw[close + 1] ?? ',');
      text += raw.slice(at + 1, close);
      at = close;
    } else if (char !== '"') text += char;
  }
  return null;
}

/** RFC 6868 §3.1. */
function decodeCaret(value: string): string {
  return value.replace(/\^([n^'])/g, (_, code: string) => ({ n: '\n', "'": '"' })[code] ?? '^');
}
