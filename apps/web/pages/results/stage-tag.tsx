import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DealStage } from '#libs/contracts/results/deal.js';

const COLOURS: Record<DealStage, string> = {
  lead: 'default',
  intent: 'cyan',
  negotiation: 'blue',
  signed: 'green',
  paid: 'gold',
  stalled: 'orange',
  terminated: 'red',
};

export function StageTag({ stage }: { stage: DealStage }) {
  const { t } = useTranslation('results');
  return <Tag color={COLOURS[stage]}>{t(`stage.${stage}`)}</Tag>;
}
