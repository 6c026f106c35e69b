// Needs, capabilities, graded pairs and named pairs from files, as the matcher sees them.
import { parseIndicators } from '../../dist/libs/domain/indicators/parse-indicators.js';
import { crosswalks } from '../../dist/libs/contracts/code-lists/read-code-lists.js';
import { readCode, readId, readNumber, readText, readTexts } from './read-fields.mjs';
import { InputError, readLines } from './read-lines.mjs';

const indicatorsOf = (line) =>
  readTexts(line, 'indicators', true)
    .flatMap(parseIndicators)
    .map(({ name, comparator, value: number, valueHigh, unit, raw }) => ({
      name,
      comparator,
      value: number,
      valueHigh: valueHigh ?? null,
      unit: unit ?? null,
      raw,
    }));

/** What needs and capabilities have in common, in the order of the file; throws where two have one id. */
function readRecords(file, readOwn) {
  const places = new Map();
  const lines = readLines(file);
  if (lines.length === 0) throw new InputError(`${file}: there is no record in it.`);
  return lines.map((line) => {
    const id = readId(line, 'id');
    if (places.has(id))
      throw new InputError(`${line.place}: id "${id}" is taken; it stands in ${places.get(id)} already.`);
    places.set(id, line.place);
    return {
      id,
      version: 1,
      organisationId: readText(line, 'organisationId') || null,
      title: readText(line, 'title'),
      keywords: readTexts(line, 'keywords', true),
      fields: readTexts(line, 'fields'),
      regionCode: readCode(line, 'regionCode', true),
      trlScheme: readCode(line, 'trlScheme'),
      indicators: indicatorsOf(line),
      expiresAt: null,
      ...readOwn(line),
    };
  });
}

export function readNeeds(file) {
  return readRecords(file, (line) => ({
    body: readText(line, 'content', 'body'),
    targetTrl: readNumber(line, 'targetTrl'),
    solveModes: readTexts(line, 'solveModes'),
    budgetMin: readNumber(line, 'budgetMinWan'),
    budgetMax: readNumber(line, 'budgetMaxWan'),
  }));
}

export function readCapabilities(file) {
  return readRecords(file, (line) => ({
    text: readText(line, 'content', 'text'),
    trl: readNumber(line, 'trl'),
    transferModes: readTexts(line, 'transferModes'),
    priceMin: readNumber(line, 'priceMinWan'),
    priceMax: readNumber(line, 'priceMaxWan'),
  }));
}

/** Lines that each name a need and a capability; throws for those that are not known. */
function readNamed(file, needs, capabilities) {
  const known = {
    need: new Set(needs.map(({ id }) => id)),
    capability: new Set(capabilities.map(({ id }) => id)),
  };
  const idOf = (line, field) => {
    const id = readId(line, field);
    if (!known[field].has(id)) throw new InputError(`${line.place}: ${field} "${id}" is not known.`);
    return id;
  };
  return readLines(file).map((line) => ({
    line,
    needId: idOf(line, 'need'),
    capabilityId: idOf(line, 'capability'),
  }));
}

/** Pairs {need, capability}; what else their lines say is not read. */
export function readPairs(file, needs, capabilities) {
  return readNamed(file, needs, capabilities).map(({ needId, capabilityId }) => ({ needId, capabilityId }));
}

/** Graded pairs {need, capability, level 1–4}. A pair that several people graded stands in a line for each of them. */
export function readGrades(file, needs, capabilities) {
  return readNamed(file, needs, capabilities).map(({ line, needId, capabilityId }) => {
    const level = readNumber(line, 'level');
    if (![1, 2, 3, 4].includes(level)) throw new InputError(`${line.place}: "level" must be 1, 2, 3 or 4.`);
    return { needId, capabilityId, level };
  });
}

const byText = (a, b) => (a < b ? -1 : Number(a > b));

/** By id: what is computed from them, to the last bit, is that of every order they come in. */
export function inOrder(records) {
  return records.toSorted((a, b) => byText(a.id, b.id));
}

/** By need, capability and level; lines that are equal in all are the same. */
export function gradesInOrder(grades) {
  return grades.toSorted(
    (a, b) => byText(a.needId, b.needId) || byText(a.capabilityId, b.capabilityId) || a.level - b.level,
  );
}

/** The ways of transfer that serve each way of solving, from the code lists. */
export function modeMapping() {
  const mapping = {};
  for (const { from, to, pairs } of crosswalks)
    if (from === 'solve-mode' && to === 'transfer-mode')
      for (const [mode, transfer] of pairs) (mapping[mode] ??= []).push(transfer);
  for (const modes of Object.values(mapping)) modes.sort();
  return mapping;
}
