import type { MatchCapability } from '../match-types.js';
import { grown } from './grow-array.js';
import { NameTable } from './name-table.js';

/** One row per slot. Rows of free or removed slots hold leftovers. */
export interface FactColumns {
  version: Int32Array;
  /** Number of the kind of offer in {@link CapabilityFacts.kinds}. */
  kind: Int16Array;
  /** Tokens of title, keywords, text: three per slot. */
  lengths: Int32Array;
  /** Number in {@link CapabilityFacts.organisations}, −1 unknown. */
  organisation: Int32Array;
  /** Three levels per slot of a division code of two-digit levels, each 1 + its digits; 0 where the code has ended. */
  region: Uint8Array;
  /** Number in {@link CapabilityFacts.schemes}, −1 unknown. */
  trlScheme: Int16Array;
  /** −1 unknown. */
  trl: Int16Array;
  /** Bit n for the mode of number n in {@link CapabilityFacts.modes}; modes from the 32nd on share the last bit. */
  modes: Uint32Array;
  /** 10,000 CNY, NaN unknown. */
  priceMin: Float32Array;
  priceMax: Float32Array;
  /** 0 or 1. */
  published: Uint8Array;
  /** Milliseconds since 1970, Infinity when it does not expire. */
  expiresAt: Float64Array;
  /** Days since 1970-01-01 UTC, −1 unknown. */
  updatedDay: Int32Array;
  /** Fields of slot s stand in `fieldCodes` at fieldStart[s], fieldCount[s] of them. */
  fieldStart: Int32Array;
  fieldCount: Uint16Array;
  /** How many the capability states. */
  indicators: Uint16Array;
}

/** The names that columns hold the numbers of. */
export type FactNames = Record<'organisations' | 'fields' | 'modes' | 'schemes' | 'kinds', string[]>;

/** Elements per slot where it is not one. */
const WIDTHS: Partial<Record<keyof FactColumns, number>> = { lengths: 3, region: 3 };
const DAY_MS = 86_400_000;
const LAST_BIT = 31;

export function emptyColumns(): FactColumns {
  return {
    version: new Int32Array(0),
    kind: new Int16Array(0),
    lengths: new Int32Array(0),
    organisation: new Int32Array(0),
    region: new Uint8Array(0),
    trlScheme: new Int16Array(0),
    trl: new Int16Array(0),
    modes: new Uint32Array(0),
    priceMin: new Float32Array(0),
    priceMax: new Float32Array(0),
    published: new Uint8Array(0),
    expiresAt: new Float64Array(0),
    updatedDay: new Int32Array(0),
    fieldStart: new Int32Array(0),
    fieldCount: new Uint16Array(0),
    indicators: new Uint16Array(0),
  };
}

export function columnNames(columns: FactColumns): (keyof FactColumns)[] {
  return Object.keys(columns) as (keyof FactColumns)[];
}

export function columnWidth(name: keyof FactColumns): number {
  return WIDTHS[name] ?? 1;
}

/** Levels of a division code as {@link FactColumns.region} holds them: 440300 is [45, 4, 0]. */
export function regionLevelsOf(code: string | null): [number, number, number] {
  const pairs = (code?.match(/\d\d/g) ?? []).join('').replace(/(?:00)+$/, '');
  const level = (at: number) => (at < pairs.length ? 1 + Number(pairs.slice(at, at + 2)) : 0);
  return [level(0), level(2), level(4)];
}

/** Neighbouring slots that move by the same distance, as one move each; those that stay are left out. */
export function* runsOfMoves(placeOf: Int32Array): Generator<{ from: number; to: number; length: number }> {
  let from = 0;
  while (from < placeOf.length) {
    const to = placeOf[from]!;
    let length = 1;
    if (to >= 0) while (placeOf[from + length] === to + length) length += 1;
    if (to >= 0 && to !== from) yield { from, to, length };
    from += length;
  }
}

/** The structure of all capabilities in columns, for scoring without loading a single document. */
export class CapabilityFacts {
  columns: FactColumns = emptyColumns();
  /** Numbers in {@link fields}. */
  fieldCodes: Int32Array = new Int32Array(0);
  fieldLength = 0;
  readonly organisations: NameTable;
  readonly fields: NameTable;
  readonly modes: NameTable;
  readonly schemes: NameTable;
  readonly kinds: NameTable;

  constructor(tables: Partial<FactNames> = {}) {
    this.organisations = new NameTable(tables.organisations);
    this.fields = new NameTable(tables.fields);
    this.modes = new NameTable(tables.modes);
    this.schemes = new NameTable(tables.schemes);
    this.kinds = new NameTable(tables.kinds);
  }

  /** The bits of these modes; those no capability has are left out. */
  modeMask(modes: readonly string[]): number {
    let mask = 0;
    for (const mode of modes) {
      const number = this.modes.find(mode);
      if (number >= 0) mask |= 1 << Math.min(LAST_BIT, number);
    }
    return mask >>> 0;
  }

  write(slot: number, capability: MatchCapability): void {
    this.reserve(slot + 1);
    const row = this.columns;
    const { organisationId, trlScheme, trl, transferModes, expiresAt, updatedAt } = capability;
    for (const mode of transferModes) this.modes.add(mode);
    row.version[slot] = capability.version;
    row.kind[slot] = this.kinds.add(capability.offerKind ?? 'achievement');
    row.organisation[slot] = organisationId === null ? -1 : this.organisations.add(organisationId);
    row.region.set(regionLevelsOf(capability.regionCode), slot * 3);
    row.trlScheme[slot] = trlScheme === null ? -1 : this.schemes.add(trlScheme);
    row.trl[slot] = trl ?? -1;
    row.modes[slot] = this.modeMask(transferModes);
    row.priceMin[slot] = capability.priceMin ?? Number.NaN;
    row.priceMax[slot] = capability.priceMax ?? Number.NaN;
    row.published[slot] = capability.published === false ? 0 : 1;
    row.expiresAt[slot] = expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    row.updatedDay[slot] = updatedAt ? Math.floor(updatedAt.getTime() / DAY_MS) : -1;
    row.fieldStart[slot] = this.fieldLength;
    row.fieldCount[slot] = capability.fields.length;
    row.indicators[slot] = capability.indicators.length;
    this.fieldCodes = grown(this.fieldCodes, this.fieldLength + capability.fields.length);
    for (const code of capability.fields) this.fieldCodes[this.fieldLength++] = this.fields.add(code);
  }

  /** Moves the rows to their new slots (in the same order, −1 is dropped) and forgets those behind `count`. */
  compact(placeOf: Int32Array, count: number): void {
    for (const { from, to, length } of runsOfMoves(placeOf)) {
      for (const name of columnNames(this.columns)) {
        const width = columnWidth(name);
        this.columns[name].copyWithin(to * width, from * width, (from + length) * width);
      }
    }
    const { fieldStart, fieldCount } = this.columns;
    const packed = new Int32Array(this.fieldLength);
    let length = 0;
    for (let slot = 0; slot < count; slot += 1) {
      const start = fieldStart[slot]!;
      fieldStart[slot] = length;
      for (let at = 0; at < fieldCount[slot]!; at += 1) packed[length++] = this.fieldCodes[start + at]!;
    }
    this.fieldCodes = packed;
    this.fieldLength = length;
  }

  /** Makes room for `count` slots. */
  reserve(count: number): void {
    if (this.columns.version.length >= count) return;
    const room = Math.max(count, 64, Math.floor(this.columns.version.length * 1.5));
    this.columns = Object.fromEntries(
      columnNames(this.columns).map((name) => [name, grown(this.columns[name], room * columnWidth(name))]),
    ) as unknown as FactColumns;
  }
}
