import { type ContentLine, parseLine } from './content-lines.js';

/** Whole lines with their folds; not with `^`, which would begin a line after U+2028 as well. */
const PERSONAL_LINE = /(?<=\n)(?:ATTENDEE|ORGANIZER|DESCRIPTION)[;:][^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*/g;

export interface PersonalLines {
  readonly personal: readonly ContentLine[];
  /** The rest, and which parameters stood where: what rules that look at more than one line can ask. */
  readonly frame: string;
}

/**
 * Parts the lines that differ from one recipient to the next from an object whose lines end by CRLF and hold no control
 * characters.
 */
export function splitPersonal(text: string): PersonalLines {
  const personal: ContentLine[] = [];
  const frame = text.replace(PERSONAL_LINE, (raw) => {
    const line = parseLine(raw.replace(/\r\n[ \t]/g, '').slice(0, -2));
    // A zone would have to be defined elsewhere in the object.
    if (line === null || line.parameters.has('TZID')) return raw;
    personal.push(line);
    return `\0${line.name};${[...line.parameters.keys()].join(';')}\r\n`;
  });
  return { personal, frame };
}
