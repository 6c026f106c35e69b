import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { codeListsView, type CodeItemView } from '#libs/contracts/codes/code-list-view.js';
import { api } from './api.js';

export interface Codes {
  /** Word of a code in the reader's language; the code itself when the list does not know it. */
  label(list: string, code: string | null | undefined): string;
  /** Options for a Select of the codes that may be chosen now. */
  options(list: string): { value: string; label: string }[];
  /** Options for a TreeSelect or Cascader. */
  tree(list: string): CodeTreeNode[];
}

export interface CodeTreeNode {
  value: string;
  title: string;
  label: string;
  children: CodeTreeNode[];
}

/** The code lists (需求类型, 技术领域...) in the reader's language. */
export function useCodes(): Codes {
  const { i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: ['codes'],
    queryFn: () => api.get('/codes', codeListsView),
    staleTime: Infinity,
  });
  const english = i18n.language === 'en';
  const word = (item: CodeItemView) => (english ? item.en : item.zh);
  const items = (list: string) => data?.[list]?.items ?? [];
  const branch = (list: string, parent: string | null): CodeTreeNode[] =>
    items(list)
      .filter((item) => item.active && item.parent === parent)
      .map((item) => ({
        value: item.code,
        title: word(item),
        label: word(item),
        children: branch(list, item.code),
      }));
  return {
    label: (list, code) => {
      const item = items(list).find((candidate) => candidate.code === code);
      return item === undefined ? (code ?? '') : word(item);
    },
    options: (list) =>
      items(list)
        .filter((item) => item.active)
        .map((item) => ({ value: item.code, label: word(item) })),
    tree: (list) => branch(list, null),
  };
}
