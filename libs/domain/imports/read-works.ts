import type { ExpertWork, WorkKind } from '../market/record-kinds.js';
import { findCell, textOfCell } from './find-cell.js';
import type { CodeLookup, ImportProblem } from './import-problem.js';

type Raw = Readonly<Record<string, unknown>>;

const TITLE = ['代表作', '代表作题名', '题名', '论文题目', 'worktitle', 'title'];
const KIND = ['代表作类型', 'workkind', 'kind'];
const ABSTRACT = ['代表作摘要', 'workabstract', 'abstract'];
const YEAR = ['代表作年份', '年份', 'workyear', 'year'];
const LIST = ['works', '代表作列表'];
/** In a row of an expert's file `title`, `kind` and `abstract` are the expert's own. */
const inRow = (names: readonly string[]) =>
  names.filter((name) => !['title', 'kind', 'abstract'].includes(name));

/** Names of the columns that hold works. */
export const WORK_NAMES: readonly string[] = [...[TITLE, KIND, ABSTRACT, YEAR].flatMap(inRow), ...LIST];

export interface ReadWorks {
  readonly works: readonly ExpertWork[];
  readonly problems: readonly ImportProblem[];
}

function readWork(
  raw: Raw,
  names: (of: readonly string[]) => readonly string[],
  lookup: CodeLookup,
): ReadWorks {
  const cell = (of: readonly string[]) => textOfCell(findCell(raw, names(of))?.value);
  const [title, kind, year, abstract] = [cell(TITLE), cell(KIND), cell(YEAR), cell(ABSTRACT)];
  if (title === '' && kind === '' && abstract === '') return { works: [], problems: [] };
  const problems: ImportProblem[] = [];
  const problem = (code: ImportProblem['code'], value: string) =>
    problems.push({ field: 'works', code, value: value.slice(0, 80) });
  if (title === '') problem('title-missing', abstract);
  if (title.length > 300 || abstract.length > 4000) problem('too-long', title);
  const known = kind === '' ? 'paper' : lookup('work-kind', kind);
  if (known === null) problem('unknown-code', kind);
  const number = year === '' ? null : Number(year.normalize('NFKC').replace(/年$/, ''));
  if (number !== null && !(Number.isInteger(number) && number >= 1950 && number <= 2100))
    problem('not-a-number', year);
  if (problems.length > 0) return { works: [], problems };
  return {
    works: [{ kind: known as WorkKind, title, abstract: abstract === '' ? null : abstract, year: number }],
    problems,
  };
}

/** The works in a row: one in columns of its own, or a list of objects under `works`. */
export function readWorks(raw: Raw, lookup: CodeLookup): ReadWorks {
  const list = findCell(raw, LIST, true)?.value;
  const parts = Array.isArray(list)
    ? list.map((item: unknown) => readWork((item ?? {}) as Raw, (names) => names, lookup))
    : [readWork(raw, inRow, lookup)];
  return {
    works: parts.flatMap(({ works }) => works),
    problems: parts.flatMap(({ problems }) => problems),
  };
}
