import type { TFunction } from 'i18next';

/** Why a mail was decided as it was, in the reader's language where the words are known. */
export function reasonText(reason: string | null, t: TFunction): string {
  if (reason === null) return '';
  const key = reason
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-|-$/g, '');
  return t(`answers:reasons.${key}`, { defaultValue: reason });
}
