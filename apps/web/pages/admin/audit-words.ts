import { useTranslation } from 'react-i18next';

export interface AuditText {
  /** `verify-organisation` → 通过机构认证; unknown ones as words: "verify organisation". */
  action(code: string): string;
  subject(kind: string): string;
  /** Lines "字段: 内容" for people; ids and what only programs read are left out. */
  detail(detail: Readonly<Record<string, unknown>>): { label: string; value: string }[];
}

/** `sign-in` → Sign in */
const words = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll(/[-_]/g, ' ');
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** One value as text; null for what people cannot read: ids and nested records. */
function valueText(value: unknown, word: (code: string) => string, comma: string): string | null {
  if (Array.isArray(value)) {
    const parts = value.map((part) => valueText(part, word, comma)).filter((part) => part !== null);
    return parts.length === 0 ? null : parts.join(comma);
  }
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return word(String(value));
  if (typeof value === 'string' && value !== '' && !ID.test(value)) return word(value);
  return null;
}

/** Words of the audit log in the reader's language. */
export function useAuditText(): AuditText {
  const { t, i18n } = useTranslation('admin');
  const known = (group: string, code: string) =>
    /^[\w-]+$/.test(code) &&
    // Only in the reader's own language: English words are the codes, not what Chinese says for them.
    i18n.getResource(i18n.language, 'admin', `${group}.${code}`) !== undefined;
  const word = (group: string, code: string) => (known(group, code) ? t(`${group}.${code}`) : words(code));
  const valueWord = (text: string) => (known('value', text) ? t(`value.${text}`) : text);
  return {
    action: (code) => word('action', code),
    subject: (kind) => word('subject', kind),
    detail: (detail) =>
      Object.entries(detail).flatMap(([field, value]) => {
        // Check sums, durations and the like have no words: they are for programs.
        const text = known('detailField', field) ? valueText(value, valueWord, t('shell:comma')) : null;
        return text === null ? [] : [{ label: word('detailField', field), value: text }];
      }),
  };
}
