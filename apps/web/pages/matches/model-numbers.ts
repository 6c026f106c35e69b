import { useTranslation } from 'react-i18next';

export interface NamedNumber {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

const THREE_PLACES = 1000;

const figure = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Math.round(value * THREE_PLACES) / THREE_PLACES);

/** In the order in which they are shown; trainers may measure more than this page has words for. */
const NAMES = {
  quality: [
    'coldScore',
    'coldNdcg10',
    'score',
    'ndcg10',
    'beforeScore',
    'beforeNdcg10',
    'brier',
    'vectorWeight',
    'pairs',
    'needs',
  ],
  trainedOn: ['declined', 'interested', 'mutual', 'met', 'signed'],
} as const;

/** The numbers of a model that have a name on this page. */
export function useModelNumbers(): (
  group: keyof typeof NAMES,
  numbers: Readonly<Record<string, number>>,
) => NamedNumber[] {
  const { t } = useTranslation('matches');
  return (group, numbers) =>
    NAMES[group].flatMap((name) => {
      const value = numbers[name];
      if (value === undefined) return [];
      return [{ key: `${group} ${name}`, label: t(`model.${group}.${name}`), value: figure(value) }];
    });
}
