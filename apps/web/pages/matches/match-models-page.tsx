import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Flex, Progress, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  matchModelPage,
  matchModelView,
  type MatchModelView,
} from '#libs/contracts/matching/match-models.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { useModelNumbers, type NamedNumber } from './model-numbers.js';

const COLOUR = {
  training: 'processing',
  candidate: 'blue',
  active: 'success',
  retired: 'default',
  failed: 'error',
} as const;
const ASK_AGAIN_MS = 2000;

/** Versions of the matching model with their measured quality; training is looked after while it runs. */
export default function MatchModelsPage() {
  const { t } = useTranslation('matches');
  const [page, setPage] = useState(1);
  const act = useModelActs();
  const query = useQuery({
    queryKey: ['match-models', page],
    queryFn: () => api.get(`/organizer/match-models${queryString({ page })}`, matchModelPage),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.rows.some((row) => row.status === 'training') === true ? ASK_AGAIN_MS : false,
  });
  const training = query.data?.rows.some((row) => row.status === 'training') ?? false;
  return (
    <>
      <PageHead
        title={t('model.title')}
        hint={
          <>
            {t('model.hint')} <Link to="/organizer/match-quality">{t('quality.title')}</Link>
          </>
        }
        actions={
          <Button type="primary" disabled={training} onClick={act.train} data-testid="train-model">
            {t('model.train')}
          </Button>
        }
      />
      <Loaded query={query}>
        {(data) => (
          <>
            <Alert
              type="info"
              showIcon
              style={{ marginBottom: 12 }}
              title={t(`model.inUse.${data.inUse.kind}`, { version: data.inUse.version })}
            />
            <PagedList data={data} gap={12} onPage={setPage} empty={<EmptyState text={t('model.empty')} />}>
              {(model) => <ModelCard key={model.id} model={model} act={act} />}
            </PagedList>
          </>
        )}
      </Loaded>
    </>
  );
}

type Acts = ReturnType<typeof useModelActs>;

/** Training, activating and taking back, each asked about first. */
function useModelActs() {
  const { t } = useTranslation('matches');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const send = useMutation({
    mutationFn: ({ path }: { path: string; told: string }) =>
      api.post(`/organizer/match-models${path}`, matchModelView),
    onSuccess: async (_model, { told }) => {
      notice.done(t(told));
      await queryClient.invalidateQueries({ queryKey: ['match-models'] });
    },
    onError: notice.failed,
  });
  const ask = (act: 'train' | 'activate' | 'retire', path: string, version = '') =>
    notice.ask({
      title: t(`model.ask.${act}`, { version }),
      text: t(`model.effect.${act}`),
      danger: act === 'retire',
      action: () => send.mutateAsync({ path, told: `model.done.${act}` }).catch(() => undefined),
    });
  return {
    train: () => ask('train', ''),
    activate: ({ id, version }: MatchModelView) => ask('activate', `/${id}/activate`, version),
    retire: ({ id, version }: MatchModelView) => ask('retire', `/${id}/retire`, version),
  };
}

function Numbers({ title, numbers }: { title: string; numbers: readonly NamedNumber[] }) {
  if (numbers.length === 0) return null;
  return (
    <Descriptions
      size="small"
      title={<span style={{ fontSize: 14 }}>{title}</span>}
      column={{ xs: 1, sm: 2, lg: 4 }}
      style={{ marginTop: 8 }}
      items={numbers.map(({ key, label, value }) => ({ key, label, children: value }))}
    />
  );
}

/** The trainer's own word, as a sentence. */
function Failure({ error }: { error: string }) {
  const { t } = useTranslation('matches');
  const few = /^too-few-answers:(\d+)\/(\d+)$/.exec(error);
  return <>{few === null ? t('model.broken') : t('model.tooFew', { have: few[1], need: few[2] })}</>;
}

/** `worse:score=0.702/0.711`, as a sentence. */
function KeptBack({ reason }: { reason: string }) {
  const { t } = useTranslation('matches');
  if (!reason.startsWith('worse:')) return <>{t(`model.keptBackAs.${reason}`)}</>;
  const measures = reason
    .replace(/^worse:/, '')
    .split(',')
    .map((part) => {
      const [name = '', own = '', other = ''] = part.split(/[=/]/);
      return t('model.behind', { measure: t(`model.quality.${name}`), own, other });
    });
  return <>{t('model.keptBack', { measures: measures.join('; ') })}</>;
}

/** Trained by the platform itself, which did not put it to use for the reason given. */
const isUnused = ({ createdBy, activatedAt, keptBack }: MatchModelView) =>
  createdBy === null && activatedAt === null && keptBack !== 'superseded';

function ModelCard({ model, act }: { model: MatchModelView; act: Acts }) {
  const { t } = useTranslation('matches');
  const format = useFormat();
  const numbers = useModelNumbers();
  return (
    <Card size="small" data-testid="model-row">
      <Flex gap={8} justify="space-between" wrap>
        <span className="tags">
          <Tag color={COLOUR[model.status]}>{t(`model.status.${model.status}`)}</Tag>
          <b>{model.version}</b>
        </span>
        <Typography.Text type="secondary">
          {model.createdBy ?? t('automatic')} · {format.instant(model.createdAt)}
        </Typography.Text>
      </Flex>
      {model.status === 'training' && (
        <div role="status" style={{ margin: '8px 0' }}>
          <Progress percent={100} status="active" showInfo={false} size="small" />
          {t('model.training')}
        </div>
      )}
      {model.error !== null && (
        <Alert
          type="error"
          title={t('model.failed')}
          description={<Failure error={model.error} />}
          style={{ marginTop: 8 }}
        />
      )}
      {model.keptBack !== null && (
        <Alert
          type="warning"
          title={<KeptBack reason={model.keptBack} />}
          description={isUnused(model) ? t('model.notUsed') : undefined}
          style={{ marginTop: 8 }}
        />
      )}
      <Numbers title={t('model.measured')} numbers={numbers('quality', model.quality)} />
      <Numbers title={t('model.learned')} numbers={numbers('trainedOn', model.trainedOn)} />
      {model.activatedAt !== null && (
        <Typography.Paragraph type="secondary" style={{ margin: '4px 0' }}>
          {t('model.activated', {
            by: model.activatedBy ?? t(model.createdBy === null ? 'automatic' : 'board.somebody'),
            at: format.instant(model.activatedAt),
          })}
        </Typography.Paragraph>
      )}
      <Flex gap={8} wrap style={{ marginTop: 8 }}>
        {(model.status === 'candidate' || model.status === 'retired') && (
          <Button
            size="small"
            type="primary"
            onClick={() => act.activate(model)}
            data-testid="activate-model"
          >
            {t(model.status === 'retired' ? 'model.rollBack' : 'model.activate')}
          </Button>
        )}
        {model.status === 'active' && (
          <Button size="small" danger onClick={() => act.retire(model)} data-testid="retire-model">
            {t('model.retire')}
          </Button>
        )}
      </Flex>
    </Card>
  );
}
