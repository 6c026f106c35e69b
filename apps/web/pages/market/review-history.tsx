import { Alert, Card, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shell/format.js';
import type { MarketView } from './market-kind.js';

type Reviews = MarketView['reviews'];

/** The questions of the last return, above everything else. */
export function ReturnedQuestions({ reviews }: { reviews: Reviews }) {
  const { t } = useTranslation('needs');
  const last = reviews.find((review) => review.outcome === 'returned');
  if (last === undefined) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('returnedTitle')}
      description={<div className="prose">{last.note}</div>}
      style={{ marginBottom: 12 }}
      data-testid="returned-questions"
    />
  );
}

export function ReviewHistory({ reviews }: { reviews: Reviews }) {
  const { t } = useTranslation('needs');
  const format = useFormat();
  if (reviews.length === 0) return null;
  return (
    <Card size="small" title={t('reviewHistory')}>
      <Timeline
        items={reviews.map((review) => ({
          key: review.at,
          color: review.outcome === 'published' ? 'green' : review.outcome === 'returned' ? 'orange' : 'gray',
          content: (
            <>
              <strong>{t(`outcome.${review.outcome}`)}</strong>{' '}
              <span style={{ color: '#6b7685' }}>
                {format.instant(review.at)}
                {review.reviewer !== null && ` · ${review.reviewer}`}
              </span>
              {review.note !== null && <div className="prose">{review.note}</div>}
            </>
          ),
        }))}
      />
    </Card>
  );
}
