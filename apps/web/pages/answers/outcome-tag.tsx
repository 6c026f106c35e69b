import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { InboundOutcome } from '#libs/contracts/notifications/inbound.js';

const COLORS: Partial<Record<InboundOutcome, string>> = {
  apply: 'green',
  quarantine: 'gold',
  proposal: 'blue',
  forward: 'blue',
  bounce: 'red',
  complaint: 'red',
};

export function OutcomeTag({ outcome }: { readonly outcome: InboundOutcome | null }) {
  const { t } = useTranslation('answers');
  if (outcome === null) return null;
  return <Tag color={COLORS[outcome] ?? 'default'}>{t(`outcome.${outcome}`)}</Tag>;
}
