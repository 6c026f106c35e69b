import { Card, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DealRow } from '#libs/contracts/results/deal.js';
import { useFormat } from '../../shell/format.js';
import { StageTag } from './stage-tag.js';

/** One deal in the board or the list. */
export function DealCard({ deal, withStage = false }: { deal: DealRow; withStage?: boolean }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  return (
    <Card size="small" data-testid="deal-card">
      <Flex justify="space-between" gap={8}>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {deal.dealNo} · {format.day(deal.updatedAt)}
        </Typography.Text>
        {withStage && <StageTag stage={deal.stage} />}
      </Flex>
      <Link to={`/deals/${deal.id}`} style={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
        {deal.title}
      </Link>
      <Typography.Paragraph type="secondary" style={{ margin: 0, fontSize: 13 }}>
        {deal.enterprise.name} × {deal.institute.name}
      </Typography.Paragraph>
      {deal.contractAmount !== null && (
        <Typography.Text style={{ fontSize: 13 }}>
          {t('amounts.contract')} {format.yuan(deal.contractAmount)}
          {deal.paidAmount !== null && ` · ${t('amounts.paid')} ${format.yuan(deal.paidAmount)}`}
        </Typography.Text>
      )}
    </Card>
  );
}
