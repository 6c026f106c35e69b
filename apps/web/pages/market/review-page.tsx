import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Col, Flex, Grid, Input, Pagination, Row, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { reviewPage, type ReviewRow } from '#libs/contracts/market/review.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { BulkPublish } from './bulk-publish.js';
import { CAPABILITY, NEED, type MarketKind, type MarketView } from './market-kind.js';
import { kindOfRecord } from './market-kinds.js';
import { RecordSections } from './record-sections.js';

/** The organizer's queue: the list on one side, the text and the decision on the other. */
export default function ReviewPage() {
  const { t } = useTranslation('needs');
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') === 'drafts' ? 'drafts' : 'submitted';
  const page = Math.max(1, Number(params.get('page')) || 1);
  const query = useQuery({
    queryKey: ['reviews', tab, page],
    queryFn: () =>
      api.get(
        `/reviews${queryString({ status: tab === 'drafts' ? 'draft' : 'submitted', page })}`,
        reviewPage,
      ),
    placeholderData: (previous) => previous,
  });
  const select = (row: ReviewRow) => setParams({ tab, page: String(page), kind: row.kind, id: row.id });
  const chosen = params.get('id');
  // On a phone the record takes the queue's place.
  const wide = Grid.useBreakpoint().lg ?? true;
  const of = params.get('kind') === 'capability' ? CAPABILITY : NEED;
  return (
    <>
      <PageHead title={t('reviewTitle')} hint={t('reviewHint')} />
      <Segmented
        value={tab}
        options={(['submitted', 'drafts'] as const).map((value) => ({
          value,
          label: t(`reviewTab.${value}`),
        }))}
        onChange={(value) => setParams({ tab: value })}
        style={{ marginBottom: 12 }}
      />
      <Loaded query={query}>
        {(data) =>
          tab === 'drafts' ? (
            <BulkPublish data={data} onPage={(next) => setParams({ tab, page: String(next) })} />
          ) : (
            <Row gutter={[12, 12]}>
              <Col xs={24} lg={9} hidden={!wide && chosen !== null}>
                {data.rows.length === 0 && <EmptyState text={t('reviewEmpty')} />}
                {data.rows.map((row) => (
                  <QueueCard key={row.id} row={row} chosen={row.id === chosen} onClick={() => select(row)} />
                ))}
                <Pagination
                  simple
                  hideOnSinglePage
                  current={page}
                  pageSize={data.pageSize}
                  total={data.total}
                  onChange={(next) => setParams({ tab, page: String(next) })}
                />
              </Col>
              <Col xs={24} lg={15}>
                {!wide && chosen !== null && (
                  <Button
                    type="link"
                    onClick={() => setParams({ tab, page: String(page) })}
                    style={{ padding: 0 }}
                  >
                    ← {t('reviewBack')}
                  </Button>
                )}
                {chosen !== null && (
                  <Decision key={chosen} of={of} id={chosen} onDone={() => setParams({ tab })} />
                )}
              </Col>
            </Row>
          )
        }
      </Loaded>
    </>
  );
}

function QueueCard({ row, chosen, onClick }: { row: ReviewRow; chosen: boolean; onClick: () => void }) {
  const { t } = useTranslation('needs');
  const format = useFormat();
  return (
    <Card
      hoverable
      size="small"
      onClick={onClick}
      data-testid="review-row"
      style={{ marginBottom: 8, ...(chosen ? { borderColor: '#0b5cad' } : {}) }}
    >
      <Tag color={row.kind === 'need' ? 'blue' : 'green'}>{t(`${row.kind}.noun`)}</Tag>
      <strong style={{ overflowWrap: 'anywhere' }}>{row.title}</strong>
      <div style={{ color: '#6b7685', fontSize: 13 }}>
        {row.organisationName ?? t('noOrganisationName')} · {format.instant(row.waitingSince)}
      </div>
    </Card>
  );
}

function Decision({ of, id, onDone }: { of: MarketKind; id: string; onDone: () => void }) {
  const { t } = useTranslation('needs');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const query = useQuery({ queryKey: [of.kind, id], queryFn: () => api.get(`${of.path}/${id}`, of.view) });
  const decide = useMutation({
    mutationFn: (action: 'publish' | 'return') =>
      api.post(`${of.path}/${id}/${action}`, of.view, { note: note.trim() === '' ? null : note.trim() }),
    onSuccess: async (record) => {
      notice.done(t(`outcome.${record.status}`));
      onDone();
      await queryClient.invalidateQueries({ queryKey: ['reviews'] });
      await queryClient.invalidateQueries({ queryKey: [of.kind] });
    },
    onError: notice.failed,
  });
  return (
    <Loaded query={query}>
      {(data) => {
        const record = data as unknown as MarketView;
        return (
          <Flex vertical gap={12}>
            <Card size="small">
              <h2 style={{ margin: '0 0 4px', fontSize: 17 }}>{record.title}</h2>
              <p style={{ margin: '0 0 10px', color: '#6b7685' }}>{record.organisationName}</p>
              <Input.TextArea
                value={note}
                rows={3}
                maxLength={2000}
                placeholder={t('reviewNote')}
                onChange={(event) => setNote(event.target.value)}
                data-testid="review-note"
              />
              <Flex gap={8} style={{ marginTop: 10 }}>
                <Button
                  type="primary"
                  disabled={!record.actions.includes('publish')}
                  loading={decide.isPending}
                  onClick={() => decide.mutate('publish')}
                  data-testid="review-publish"
                >
                  {t('publish')}
                </Button>
                <Button
                  disabled={!record.actions.includes('return') || note.trim() === ''}
                  loading={decide.isPending}
                  onClick={() => decide.mutate('return')}
                  data-testid="review-return"
                >
                  {t('return')}
                </Button>
              </Flex>
            </Card>
            <RecordSections of={kindOfRecord(of, record)} record={record} />
          </Flex>
        );
      }}
    </Loaded>
  );
}
