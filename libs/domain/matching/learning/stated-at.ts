import type { CapabilityIndex } from '../index/capability-index.js';
import type { MatchCapability } from '../match-types.js';

/** Two digits a level, as {@link regionLevelsOf} counts them. */
function regionCode(levels: ArrayLike<number>, row: number): string | null {
  let code = '';
  for (let at = row; at < row + 3 && levels[at]! > 0; at += 1)
    code += String(levels[at]! - 1).padStart(2, '0');
  return code === '' ? null : code;
}

const orNull = (amount: number): number | null => (Number.isNaN(amount) ? null : amount);

/** What the index knows of a document's structure; its texts and indicators are not among it. */
export function statedAt(index: CapabilityIndex, slot: number, withKeywords: boolean): MatchCapability {
  const { columns: row, fields, fieldCodes, modes, schemes, organisations } = index.facts;
  const start = row.fieldStart[slot]!;
  const mask = row.modes[slot]!;
  const trl = row.trl[slot]!;
  return {
    id: index.idAt(slot) ?? '',
    version: row.version[slot]!,
    organisationId: organisations.nameOf(row.organisation[slot]!) ?? null,
    title: '',
    text: '',
    keywords: withKeywords ? index.documents.keywordsAt(slot) : [],
    fields: Array.from(fieldCodes.subarray(start, start + row.fieldCount[slot]!), (number) =>
      fields.nameOf(number)!,
    ),
    regionCode: regionCode(row.region, slot * 3),
    trlScheme: schemes.nameOf(row.trlScheme[slot]!) ?? null,
    trl: trl < 0 ? null : trl,
    transferModes:
      mask === 0 ? [] : modes.toNames().filter((_, bit) => (mask & (1 << Math.min(31, bit))) !== 0),
    indicators: [],
    priceMin: orNull(row.priceMin[slot]!),
    priceMax: orNull(row.priceMax[slot]!),
  };
}
