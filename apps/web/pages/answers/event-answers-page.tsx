import { useQuery } from '@tanstack/react-query';
import { Card, Col, Row, Statistic, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { eventAnswers, type EventAnswers } from '#libs/contracts/notifications/answers.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { EventLinks } from '../events/event-links.js';
import { Proposals } from './proposals.js';

const REFRESH_MS = 10_000;
const COLORS = { ACCEPTED: 'green', DECLINED: 'red', TENTATIVE: 'gold', DELEGATED: 'blue' } as const;

/** /organizer/events/:id/answers: who comes, live, and what times were proposed. */
export default function EventAnswersPage() {
  const { t } = useTranslation('answers');
  const id = useParams()['id']!;
  const query = useQuery({
    queryKey: ['event-answers', id],
    queryFn: () => api.get(`/organizer/events/${id}/answers`, eventAnswers),
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <PageHead title={t('event.title')} hint={t('event.hint')} />
      <EventLinks eventId={id} />
      <Loaded query={query}>
        {(answers) => (
          <div style={{ display: 'grid', gap: 16, marginTop: 16 }}>
            <Counts counts={answers.counts} />
            <Proposals proposals={answers.proposals} reload={() => void query.refetch()} />
            <Answers rows={answers.rows.filter((row) => row.kind === 'event')} />
            {answers.rows.some((row) => row.kind === 'meeting') && (
              <Card title={t('event.meetings')}>
                <AnswerTable rows={answers.rows.filter((row) => row.kind === 'meeting')} />
              </Card>
            )}
          </div>
        )}
      </Loaded>
    </>
  );
}

function Counts({ counts }: { readonly counts: EventAnswers['counts'] }) {
  const { t } = useTranslation('answers');
  const shown = [
    ['invited', t('event.invited'), counts.invited],
    ['accepted', t('answer.ACCEPTED'), counts.accepted],
    ['tentative', t('answer.TENTATIVE'), counts.tentative],
    ['declined', t('answer.DECLINED'), counts.declined],
    ['waiting', t('answer.none'), counts.waiting],
  ] as const;
  return (
    <Card>
      <Row gutter={[16, 16]}>
        {shown.map(([key, title, value]) => (
          <Col key={key} xs={12} sm={8} md={4} data-testid={`count-${key}`}>
            <Statistic title={title} value={value} />
          </Col>
        ))}
      </Row>
    </Card>
  );
}

function Answers({ rows }: { readonly rows: EventAnswers['rows'] }) {
  const { t } = useTranslation('answers');
  if (rows.length === 0) return <EmptyState text={t('event.empty')} />;
  return (
    <Card>
      <AnswerTable rows={rows} />
    </Card>
  );
}

type AnswerRow = EventAnswers['rows'][number];

function AnswerTable({ rows }: { readonly rows: readonly AnswerRow[] }) {
  const { t } = useTranslation('answers');
  const format = useFormat();
  return (
    <Table<AnswerRow>
      size="small"
      rowKey={(row) => `${row.personId} ${row.meetingId ?? ''}`}
      dataSource={[...rows]}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('event.person'), dataIndex: 'name' },
        {
          title: t('event.answer'),
          render: (_, row) =>
            row.answer === null ? (
              <Tag>{t('answer.none')}</Tag>
            ) : (
              <Tag color={COLORS[row.answer]}>{t(`answer.${row.answer}`)}</Tag>
            ),
        },
        {
          title: t('event.channel'),
          render: (_, row) => (row.channel === null ? '' : t(`channel.${row.channel}`)),
        },
        {
          title: t('event.at'),
          render: (_, row) => (row.statedAt === null ? '' : format.instant(row.statedAt)),
        },
        {
          title: t('event.comment'),
          render: (_, row) => <span style={{ whiteSpace: 'pre-wrap' }}>{row.comment}</span>,
        },
      ]}
    />
  );
}
