import { useTranslation } from 'react-i18next';

export interface AuditText {
  /** `verify-organisation` → 通过机构认证; unknown ones as words: "verify organisation". */
  action(code: string): string;
  subject(kind: string): string;
  /** Lines "字段: 内容" for people; ids are left out. */
  detail(detail: Readonly<Record<string, unknown>>): { label: string; value: string }[];
}

const words = (code: string): string => code.replaceAll(/[-_]/g, ' ');
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** One value as text; null for what people cannot read: ids and nested records. */
function valueText(value: unknown): string | null {
  if (Array.isArray(value)) {
    const parts = value.map(valueText).filter((part) => part !== null);
    return parts.length === 0 ? null : parts.join('、');
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && value !== '' && !ID.test(value)) return value;
  return null;
}

/** Words of the audit log in the reader's language. */
export function useAuditText(): AuditText {
  const { t } = useTranslation('admin');
  const word = (group: string, code: string) => t(`${group}.${code}`, { defaultValue: words(code) });
  return {
    action: (code) => word('action', code),
    subject: (kind) => word('subject', kind),
    detail: (detail) =>
      Object.entries(detail).flatMap(([field, value]) => {
        const text = valueText(value);
        return text === null ? [] : [{ label: word('detailField', field), value: text }];
      }),
  };
}
