import { Injectable } from '@nestjs/common';
import type { CodeItemView, CodeListsView } from '#libs/contracts/codes/code-list-view.js';
import { AppError } from '#libs/contracts/app-error.js';
import { Transactions } from '#libs/platform/database/transactions.js';

interface ListRow {
  id: string;
  zh: string;
  en: string;
  version: string;
  items: CodeItemView[];
}

const LISTS = `
  SELECT l.id, l.zh, l.en, l.version,
         jsonb_agg(jsonb_build_object('code', i.code, 'zh', i.zh, 'en', i.en, 'parent', i.parent,
           'active', i.valid_from <= current_date AND (i.valid_to IS NULL OR i.valid_to >= current_date))
           ORDER BY i.position) AS items
  FROM code_list l JOIN code_item i ON i.list_id = l.id GROUP BY l.id ORDER BY l.id`;

/** Reads the code lists, and checks codes that come in with requests. */
@Injectable()
export class CodesService {
  private known: Promise<CodeListsView> | null = null;

  constructor(private readonly transactions: Transactions) {}

  /** Lists change only with a release, when processes start anew: read once. */
  list(): Promise<CodeListsView> {
    this.known ??= this.read().catch((error: unknown) => {
      this.known = null;
      throw error;
    });
    return this.known;
  }

  /**
   * Checks that each code is an active item of its list; null and empty are fine. Throws `request.invalid` naming the
   * fields, e.g. `check({ needKind: ['need-kind', body.needKind], fields: ['technology-field', body.fields] })`.
   */
  async check(
    fields: Record<string, readonly [list: string, codes: string | readonly string[] | null]>,
  ): Promise<void> {
    const lists = await this.list();
    const problems = Object.entries(fields).flatMap(([field, [list, codes]]) => {
      const given = codes === null ? [] : typeof codes === 'string' ? [codes] : codes;
      const items = new Set(lists[list]?.items.filter((item) => item.active).map((item) => item.code));
      return given
        .filter((code) => !items.has(code))
        .map((code) => ({ field, message: `“${code}” is not a code of list ${list}` }));
    });
    if (problems.length > 0) throw new AppError('request.invalid', {}, problems);
  }

  private async read(): Promise<CodeListsView> {
    const rows: ListRow[] = await this.transactions.manager.query(LISTS);
    return Object.fromEntries(rows.map(({ id, ...list }) => [id, list]));
  }
}
