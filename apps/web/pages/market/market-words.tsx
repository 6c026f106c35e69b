import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../shell/codes.js';
import type { MarketKind } from './market-kind.js';

const COLOURS: Record<string, string> = {
  submitted: 'processing',
  returned: 'warning',
  published: 'success',
  engaged: 'blue',
  contracted: 'purple',
  accepted: 'green',
};

export function StatusTag({ status }: { status: string }) {
  const { t } = useTranslation('needs');
  return <Tag color={COLOURS[status] ?? 'default'}>{t(`status.${status}`)}</Tag>;
}

/** The label of a field, which may be called otherwise in the form of one kind. */
export function useFieldLabel({ recordKind }: MarketKind): (name: string) => string {
  const { t } = useTranslation('needs');
  return (name) => t(`fieldOf.${recordKind}.${name}`, { defaultValue: t(`field.${name}`) });
}

type Row = Readonly<Record<string, unknown>>;

/** Words for the values of a record that are not plain text. */
export function useMarketWords({ maturity, money }: MarketKind) {
  const { t } = useTranslation('needs');
  const codes = useCodes();
  return {
    /** 7 环境级（国标 GB/T 22900） */
    maturity: (row: Row): string | null => {
      const level = row[maturity];
      const scheme = row['trlScheme'];
      if (typeof level !== 'number' || typeof scheme !== 'string') return null;
      return t('maturityWords', {
        level,
        word: codes.label(scheme, String(level)),
        scheme: t(`scheme.${scheme}`),
      });
    },
    money: (row: Row): string | null => {
      const [low, high, open] = money.map((name) => row[name]);
      const amount =
        typeof low === 'number' && typeof high === 'number'
          ? low === high
            ? String(low)
            : `${low}–${high}`
          : typeof low === 'number'
            ? `≥ ${low}`
            : typeof high === 'number'
              ? `≤ ${high}`
              : null;
      const parts = [
        ...(amount === null ? [] : [`${amount} ${t('shell:wan')}`]),
        ...(open === true ? [t('shell:negotiable')] : []),
      ];
      return parts.length === 0 ? null : parts.join(' · ');
    },
  };
}
