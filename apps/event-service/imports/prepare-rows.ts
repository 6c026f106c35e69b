import { createHash } from 'node:crypto';
import { parseIndicators } from '#libs/domain/indicators/parse-indicators.js';
import { unreadParts } from '#libs/domain/indicators/unread-parts.js';
import type { ImportKind } from '#libs/domain/imports/import-fields.js';
import type { CodeLookup, ImportProblem } from '#libs/domain/imports/import-problem.js';
import { readImportRow } from '#libs/domain/imports/read-import-row.js';
import { readWorks } from '#libs/domain/imports/read-works.js';
import type { RecordKind } from '#libs/domain/market/record-kinds.js';
import type { RawRow } from './parse-file.js';

export interface PreparedRow {
  readonly rowNo: number;
  readonly externalNo: string;
  readonly raw: RawRow;
  /** What the worker stores; null when the row is bad. */
  readonly record: Record<string, unknown> | null;
  readonly problems: readonly ImportProblem[];
}

export interface OrganisationLookup {
  /** Id of the organisation of a full name or 统一社会信用代码. */
  readonly byName: ReadonlyMap<string, string>;
  readonly fallback: string | null;
}

/**
 * Reads every row of a file. Rows without a number of their own get one from their title, so that the same file
 * imported twice still means the same records. A number that stands twice makes its later rows bad.
 */
export function prepareRows(
  kind: ImportKind,
  recordKind: RecordKind,
  rows: readonly RawRow[],
  lookup: CodeLookup,
  organisations: OrganisationLookup,
): PreparedRow[] {
  if (recordKind === 'expert') return prepareExperts(rows, lookup, organisations);
  const seen = new Set<string>();
  return rows.map((raw, index) => {
    const row = readImportRow(kind, raw, lookup, recordKind);
    const externalNo = row.externalNo ?? titleNumber(row.record['title']);
    const problems = [...row.problems];
    if (seen.has(externalNo)) problems.push({ field: 'externalNo', code: 'duplicate', value: externalNo });
    seen.add(externalNo);
    const { indicators, ...values } = row.record;
    const organisationId = organisations.byName.get(row.organisation ?? '') ?? organisations.fallback;
    const text = typeof indicators === 'string' ? indicators : '';
    const parsed = parseIndicators(text);
    const unread = unreadParts(text, parsed);
    const record = {
      organisation: row.organisation,
      organisationId,
      values: withUnread(values, unread),
      unread,
      indicators: parsed.map(({ name, comparator, value, valueHigh, unit, raw: words }) => ({
        name,
        comparator,
        value,
        valueHigh,
        unit,
        raw: words,
      })),
    };
    return { rowNo: index + 1, externalNo, raw, record: problems.length > 0 ? null : record, problems };
  });
}

/**
 * Experts come with a row per work, or with a list of works in one row: the rows of one number are one expert, whose own
 * columns are read from the first of them.
 */
function prepareExperts(
  rows: readonly RawRow[],
  lookup: CodeLookup,
  organisations: OrganisationLookup,
): PreparedRow[] {
  const groups = new Map<string, { rowNo: number; raws: RawRow[] }>();
  for (const [index, raw] of rows.entries()) {
    const row = readImportRow('capability', raw, lookup, 'expert');
    const externalNo = row.externalNo ?? titleNumber(row.record['title']);
    const group = groups.get(externalNo);
    if (group === undefined) groups.set(externalNo, { rowNo: index + 1, raws: [raw] });
    else group.raws.push(raw);
  }
  return [...groups].map(([externalNo, { rowNo, raws }]) => {
    const row = readImportRow('capability', raws[0]!, lookup, 'expert');
    const read = raws.map((raw) => readWorks(raw, lookup));
    const works = read.flatMap((each) => each.works);
    const problems = [...row.problems, ...read.flatMap((each) => each.problems)];
    const record = {
      organisation: row.organisation,
      organisationId: organisations.byName.get(row.organisation ?? '') ?? organisations.fallback,
      values: { ...row.record, works },
      unread: [],
      indicators: [],
    };
    const raw = raws.length === 1 ? raws[0]! : { ...raws[0], works };
    return { rowNo, externalNo, raw, record: problems.length > 0 ? null : record, problems };
  });
}

/** What no indicator was read from is not lost: it goes to the technical key points. */
function withUnread(
  values: Readonly<Record<string, unknown>>,
  unread: readonly string[],
): Readonly<Record<string, unknown>> {
  if (unread.length === 0) return values;
  const given = typeof values['keyTech'] === 'string' ? `${values['keyTech']}\n` : '';
  return { ...values, keyTech: `${given}其他指标要求：${unread.join('；')}` };
}

function titleNumber(title: unknown): string {
  const words = typeof title === 'string' ? title.normalize('NFKC').replace(/\s+/g, ' ') : '';
  return `title-${createHash('sha256').update(words).digest('hex').slice(0, 24)}`;
}
