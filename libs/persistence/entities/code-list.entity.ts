import { EntitySchema } from 'typeorm';
import { createdAt, day, integer, oneOf, refersTo, text } from '../columns.js';

/** One version of a code list (field vocabulary of the forms); lists are data, never enums. */
export interface CodeList {
  id: string;
  scheme: string;
  version: string;
  zh: string;
  en: string;
  source: string | null;
  loadedAt: Date;
}
export const CodeListEntity = new EntitySchema<CodeList>({
  name: 'code_list',
  columns: {
    id: text({ primary: true }),
    scheme: text(),
    version: text(),
    zh: text(),
    en: text(),
    source: text({ nullable: true }),
    loadedAt: createdAt(),
  },
});

export interface CodeItem {
  listId: string;
  code: string;
  zh: string;
  en: string;
  parent: string | null;
  position: number;
  validFrom: string | null;
  validTo: string | null;
}
export const CodeItemEntity = new EntitySchema<CodeItem>({
  name: 'code_item',
  columns: {
    listId: text({ primary: true }),
    code: text({ primary: true }),
    zh: text(),
    en: text(),
    parent: text({ nullable: true }),
    position: integer(),
    validFrom: day({ nullable: true }),
    validTo: day({ nullable: true }),
  },
  foreignKeys: [refersTo('code_list', 'listId', 'CASCADE')],
});

/** Many-to-many correspondence between items of two lists. */
export interface CodeCrosswalk {
  fromList: string;
  fromCode: string;
  toList: string;
  toCode: string;
  /** How much of the one the other is. */
  relation: 'exact' | 'close' | 'related';
}
export const CodeCrosswalkEntity = new EntitySchema<CodeCrosswalk>({
  name: 'code_crosswalk',
  columns: {
    fromList: text({ primary: true }),
    fromCode: text({ primary: true }),
    toList: text({ primary: true }),
    toCode: text({ primary: true }),
    relation: text({ default: 'close' }),
  },
  checks: [{ name: 'code_crosswalk_relation', expression: oneOf('relation', ['exact', 'close', 'related']) }],
});
