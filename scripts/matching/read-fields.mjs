// Fields of records as they come from files: absent, null and an empty string are the same; what cannot be meant is an error.
import { InputError, kindOf } from './read-lines.mjs';

function wrong({ place }, field, expected, value) {
  return new InputError(`${place}: "${field}" must be ${expected}, not ${kindOf(value)}.`);
}

const isAbsent = (value) => value === undefined || value === null || value === '';

/** A number is taken by its digits, as long as none of them is lost. */
function asText(value) {
  if (typeof value === 'string') return value;
  const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return exact ? String(value) : null;
}

/** The first of the fields that is stated; empty when none is. */
export function readText(line, ...fields) {
  for (const field of fields) {
    const value = line.value[field];
    if (isAbsent(value)) continue;
    const text = asText(value);
    if (text === null) throw wrong(line, field, 'text', value);
    return text;
  }
  return '';
}

/** What names a record. */
export function readId(line, field) {
  const value = line.value[field];
  if (isAbsent(value)) throw new InputError(`${line.place}: "${field}" is missing.`);
  const id = asText(value);
  if (id === null) throw wrong(line, field, 'text or a whole number of at most 15 digits', value);
  return id;
}

/** A code, null when absent; leading zeros of a number would be lost, and so it is taken only where there are none. */
export function readCode(line, field, numbers = false) {
  const value = line.value[field];
  if (isAbsent(value)) return null;
  if (typeof value === 'string') return value;
  if (numbers && Number.isSafeInteger(value)) return String(value);
  throw wrong(line, field, 'text', value);
}

/** Texts; one that is no list is a list of one. `numbers` says whether a number may stand for its digits. */
export function readTexts(line, field, numbers = false) {
  const value = line.value[field];
  if (isAbsent(value)) return [];
  const items = Array.isArray(value) ? value : [value];
  return items.map((item, at) => {
    const text = numbers || typeof item === 'string' ? asText(item) : null;
    if (text !== null) return text;
    throw wrong(line, Array.isArray(value) ? `${field}[${at}]` : field, 'text', item);
  });
}

/** Null when absent. */
export function readNumber(line, field) {
  const value = line.value[field];
  if (isAbsent(value)) return null;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw wrong(line, field, 'a number', value);
}
