import { Alert, Card, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QualityView } from '#libs/contracts/matching/match-quality.js';
import { useFormat } from '../../shell/format.js';

const KINDS = ['timeout', 'busy', 'malformed', 'http', 'refused', 'unreachable', 'dimensions'];

type Embedding = NonNullable<QualityView['embedding']>;

/** How far the vectors of the embedding model are, and what keeps them. */
export function QualityEmbedding({ progress }: { progress: Embedding }) {
  const { t } = useTranslation('matches');
  const format = useFormat();
  const { model, embedded, refused, total, lastError, nextAttemptAt } = progress;
  return (
    <Card size="small" title={t('embedding.title', { model })} data-testid="quality-embedding">
      <Progress percent={total === 0 ? 100 : Math.floor((100 * embedded) / total)} size="small" />
      <div style={{ color: '#6b7685', fontSize: 12 }}>
        {t('embedding.done', { embedded, total })}
        {refused > 0 && ` ${t('embedding.refusedTexts', { refused })}`}
      </div>
      {lastError !== null && (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 8 }}
          title={<Failure error={lastError} />}
          description={
            nextAttemptAt === null
              ? undefined
              : t('embedding.nextAttempt', { at: format.instant(nextAttemptAt) })
          }
        />
      )}
    </Card>
  );
}

/** The worker's code, as a sentence. */
function Failure({ error }: { error: string }) {
  const { t } = useTranslation('matches');
  const at = error.indexOf(':');
  const kind = at < 0 ? error : error.slice(0, at);
  const detail = at < 0 ? '' : error.slice(at + 1);
  return <>{KINDS.includes(kind) ? t(`embedding.error.${kind}`, { detail }) : error}</>;
}
