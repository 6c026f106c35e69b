import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { RecordSettingsCard } from '../match-rules/record-settings-card.js';
import { NeedAcceptanceBox } from '../results/need-acceptance.js';
import { ExtendButton } from './extend-button.js';
import { GrantsCard } from './grants-card.js';
import type { MarketKind, MarketView } from './market-kind.js';
import { kindOfRecord } from './market-kinds.js';
import { StatusTag } from './market-words.js';
import { RecordSections } from './record-sections.js';
import { ReturnedQuestions, ReviewHistory } from './review-history.js';

/** States in which a record has matches. */
const MATCHED = new Set(['published', 'engaged', 'contracted', 'accepted']);

/** One need or capability as its reader may see it. */
export function RecordPage({ of }: { of: MarketKind }) {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: [of.kind, id],
    queryFn: () => api.get(`${of.path}/${id}`, of.view),
  });
  return <Loaded query={query}>{(data) => <Record of={kindOfRecord(of, data)} record={data} />}</Loaded>;
}

function Record({ of, record }: { of: MarketKind; record: MarketView }) {
  const { t } = useTranslation('needs');
  const codes = useCodes();
  const kind = record[of.kindField];
  const number = record[of.number];
  return (
    <>
      <PageHead
        title={record.title === '' ? t('untitled') : record.title}
        hint={
          <Flex gap={6} wrap align="center" component="span">
            <StatusTag status={record.status} />
            {typeof number === 'string' && <span>{number}</span>}
            <Tag>
              {typeof kind === 'string' && of.kindList !== null
                ? codes.label(of.kindList, kind)
                : t(`${of.recordKind}.noun`)}
            </Tag>
            <Tag>{codes.label('disclosure', record.disclosure)}</Tag>
            {record.organisationName !== null && <span>{record.organisationName}</span>}
          </Flex>
        }
        actions={<Actions of={of} record={record} />}
      />
      {record.status === 'returned' && <ReturnedQuestions reviews={record.reviews} />}
      <Flex vertical gap={12}>
        {record.readable === 'redacted' && record.publicSummary !== null && (
          <Card size="small" title={t('field.publicSummary')}>
            <div className="prose">{record.publicSummary}</div>
          </Card>
        )}
        {of.recordKind === 'technology' && <NeedAcceptanceBox needId={record.id} />}
        <RecordSections of={of} record={record} />
        {MATCHED.has(record.status) &&
          record.readable === 'sealed-too' &&
          record.actions.includes('edit') && <RecordSettingsCard kind={of.kind} id={record.id} />}
        <ReviewHistory reviews={record.reviews} />
        {record.actions.includes('grant') && <GrantsCard of={of} id={record.id} />}
      </Flex>
    </>
  );
}

function Actions({ of, record }: { of: MarketKind; record: MarketView }) {
  const { t } = useTranslation('needs');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const can = (action: MarketView['actions'][number]) => record.actions.includes(action);
  // Nobody has seen a draft yet: taking it back means giving it up.
  const words = record.status === 'draft' ? 'discard' : 'withdraw';
  const act = useMutation({
    mutationFn: (action: 'submit' | 'withdraw') => api.post(`${of.path}/${record.id}/${action}`, of.view),
    onSuccess: async () => {
      notice.done(t('shell:saved'));
      await queryClient.invalidateQueries({ queryKey: [of.kind] });
    },
    onError: notice.failed,
  });
  return (
    <>
      {MATCHED.has(record.status) && (can('edit') || record.readable === 'sealed-too') && (
        <Link to={`/matches/${of.kind}/${record.id}`}>
          <Button>{t('seeMatches')}</Button>
        </Link>
      )}
      {can('withdraw') && (
        <Button
          danger
          data-testid="market-withdraw"
          onClick={() =>
            notice.ask({
              title: t(`${words}.question`),
              text: t(`${words}.text`),
              danger: true,
              action: () => act.mutateAsync('withdraw').catch(() => undefined),
            })
          }
        >
          {t(`${words}.action`)}
        </Button>
      )}
      {can('edit') && (
        <Link to={`${of.path}/${record.id}/edit`}>
          <Button data-testid="market-edit">{t('shell:edit')}</Button>
        </Link>
      )}
      {can('extend') && <ExtendButton needId={record.id} />}
      {can('submit') && (
        <Button
          type={can('extend') ? 'default' : 'primary'}
          loading={act.isPending}
          onClick={() => act.mutate('submit')}
        >
          {t('submit')}
        </Button>
      )}
      {can('publish') && (
        <Link to={`/organizer/review?kind=${of.kind}&id=${record.id}`}>
          <Button type="primary">{t('review')}</Button>
        </Link>
      )}
    </>
  );
}
