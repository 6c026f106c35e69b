// Needs and capabilities from JSON Lines, as the matcher sees them.
import { readFileSync } from 'node:fs';
import { parseIndicators } from '../../dist/libs/domain/indicators/parse-indicators.js';
import { crosswalks } from '../../dist/libs/contracts/code-lists/read-code-lists.js';

/** @returns {unknown[]} one value per line; throws with the line's number. */
export function readLines(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '') return [];
      try {
        return [JSON.parse(line)];
      } catch {
        throw new Error(`${file}, line ${at + 1}: not JSON.`);
      }
    });
}

const list = (value) => (Array.isArray(value) ? value.map(String) : []);
const text = (value) => (typeof value === 'string' ? value : '');
const indicatorsOf = (value) =>
  list(value)
    .flatMap(parseIndicators)
    .map(({ name, comparator, value: number, valueHigh, unit, raw }) => ({
      name,
      comparator,
      value: number,
      valueHigh: valueHigh ?? null,
      unit: unit ?? null,
      raw,
    }));

function identified(record, file, at) {
  if (record === null || typeof record !== 'object' || typeof record.id !== 'string' || record.id === '')
    throw new Error(`${file}, record ${at + 1}: "id" is missing.`);
  return record;
}

/** What needs and capabilities have in common. */
function readRecords(file, readOwn) {
  return readLines(file).map((line, at) => {
    const record = identified(line, file, at);
    return {
      id: record.id,
      version: 1,
      organisationId: record.organisationId ?? null,
      title: text(record.title),
      keywords: list(record.keywords),
      fields: list(record.fields),
      regionCode: record.regionCode ?? null,
      trlScheme: record.trlScheme ?? null,
      indicators: indicatorsOf(record.indicators),
      expiresAt: null,
      ...readOwn(record),
    };
  });
}

export function readNeeds(file) {
  return readRecords(file, (record) => ({
    body: text(record.content ?? record.body),
    targetTrl: record.targetTrl === undefined ? null : Number(record.targetTrl),
    solveModes: list(record.solveModes),
    budgetMin: record.budgetMinWan ?? null,
    budgetMax: record.budgetMaxWan ?? null,
  }));
}

export function readCapabilities(file) {
  return readRecords(file, (record) => ({
    text: text(record.content ?? record.text),
    trl: record.trl === undefined ? null : Number(record.trl),
    transferModes: list(record.transferModes),
    priceMin: record.priceMinWan ?? null,
    priceMax: record.priceMaxWan ?? null,
  }));
}

/** Graded pairs {need, capability, level 1–4}; throws for what names no record. */
export function readGrades(file, needs, capabilities) {
  const needIds = new Set(needs.map(({ id }) => id));
  const capabilityIds = new Set(capabilities.map(({ id }) => id));
  return readLines(file).map((record, at) => {
    if (!needIds.has(record.need) || !capabilityIds.has(record.capability))
      throw new Error(
        `${file}, record ${at + 1}: need ${record.need} or capability ${record.capability} is not known.`,
      );
    if (![1, 2, 3, 4].includes(record.level))
      throw new Error(`${file}, record ${at + 1}: level must be 1, 2, 3 or 4.`);
    return { needId: record.need, capabilityId: record.capability, level: record.level };
  });
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
