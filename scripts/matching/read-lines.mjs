// Values of a JSON Lines file, or of a file that is one JSON array, with the place of each for messages about it.
import { readFileSync } from 'node:fs';

/** The input is wrong, and the message says where: to be shown without a stack. */
export class InputError extends Error {
  name = 'InputError';
}

const EXPECTED = 'expected JSON Lines (one JSON object a line) in UTF-8';

/** @returns {{value: object, place: string}[]} one object per line that is not blank; `place` names file and line. */
export function readLines(file) {
  const text = decode(readBytes(file), file);
  if (text.trimStart().startsWith('[')) return readArray(text, file);
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const place = `${file}, line ${at + 1}`;
    try {
      return [asObject(JSON.parse(line), place)];
    } catch (error) {
      if (error instanceof InputError) throw error;
      throw new InputError(`${place}: this is not JSON; ${EXPECTED}.`);
    }
  });
}

function readBytes(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new InputError(`${file}: cannot be read (${error.code ?? error.message}).`);
  }
}

/** UTF-8 with or without a byte order mark. */
function decode(bytes, file) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = firstBrokenLine(bytes);
    throw new InputError(`${file}, line ${line}: not UTF-8 (perhaps GBK or UTF-16); ${EXPECTED}.`);
  }
}

function firstBrokenLine(bytes) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let line = 1, from = 0; from < bytes.length; line += 1) {
    const found = bytes.indexOf(0x0a, from);
    const end = found < 0 ? bytes.length : found;
    try {
      decoder.decode(bytes.subarray(from, end));
    } catch {
      return line;
    }
    from = end + 1;
  }
  return 1;
}

function readArray(text, file) {
  let values;
  try {
    values = JSON.parse(text);
  } catch (error) {
    const reason = error.message.replaceAll(/\s+/g, ' ');
    throw new InputError(`${file}, line 1: begins as a JSON array but is none (${reason}); ${EXPECTED}.`);
  }
  return values.map((value, at) => asObject(value, `${file}, record ${at + 1}`));
}

function asObject(value, place) {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return { value, place };
  throw new InputError(`${place}: ${kindOf(value)} stands where an object is expected.`);
}

/** What a value is called in messages. */
export function kindOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
