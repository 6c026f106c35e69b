export interface Words {
  readonly zh: string;
  readonly en: string;
}

/**
 * SQL expressions of a filter: `start` and `end` of type timestamptz (half-open), `programme` of type uuid; each may be
 * NULL, which leaves that side open. Parameters for one period, columns for many at once.
 */
export interface FilterSql {
  readonly start: string;
  readonly end: string;
  readonly programme: string;
}

/**
 * One number that a bureau reports. `rowsSql` selects the rows it counts with the columns of ROW_COLUMNS; the number is
 * the sum of their `quantity`, so number and rows cannot disagree.
 */
export interface Metric {
  readonly code: string;
  readonly kind: 'count' | 'amount';
  readonly name: Words;
  readonly unit: Words;
  readonly rule: Words;
  /** What one row is. */
  readonly row: Words;
  /** Every row belongs to one day, so the months of a period add up to it. False for what is counted once however often. */
  readonly additive: boolean;
  /** Every row belongs to at most one programme. */
  readonly additiveByProgramme: boolean;
  rowsSql(filter: FilterSql): string;
}

/**
 * key text, at timestamptz, title text, organisation text, programme text, detail text, quantity numeric, link text.
 * `key` names the row among those of its metric; `link` is a page of the platform.
 */
export const ROW_COLUMNS = [
  'key',
  'at',
  'title',
  'organisation',
  'programme',
  'detail',
  'quantity',
  'link',
] as const;

export const PARAMETERS: FilterSql = {
  start: '$1::timestamptz',
  end: '$2::timestamptz',
  programme: '$3::uuid',
};

/** `time` lies in the filter's period. */
export const inPeriod = (time: string, { start, end }: FilterSql): string =>
  `(${start} IS NULL OR ${time} >= ${start}) AND (${end} IS NULL OR ${time} < ${end})`;

/** `column` is the filter's programme, or any when the filter names none. */
export const ofProgramme = (column: string, { programme }: FilterSql): string =>
  `(${programme} IS NULL OR ${column} = ${programme})`;

/** A day of Asia/Shanghai as the instant at which it begins. */
export const shanghaiMidnight = (day: string): string => `(${day}::timestamp AT TIME ZONE 'Asia/Shanghai')`;
