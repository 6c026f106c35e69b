import { useTranslation } from 'react-i18next';

export interface NamedNumber {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

const THREE_PLACES = 1000;

const figure = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Math.round(value * THREE_PLACES) / THREE_PLACES);

/** The numbers of a model that have a name on this page, in the order of their names; trainers may measure more. */
export function useModelNumbers(): (
  group: 'quality' | 'trainedOn',
  numbers: Readonly<Record<string, number>>,
) => NamedNumber[] {
  const { t } = useTranslation('matches');
  return (group, numbers) =>
    Object.entries(numbers).flatMap(([name, value]) => {
      const label = t(`model.${group}.${name}`, { defaultValue: '' });
      return label === '' ? [] : [{ key: `${group} ${name}`, label, value: figure(value) }];
    });
}
