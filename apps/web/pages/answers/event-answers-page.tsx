import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Col, Row, Statistic } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { eventAnswers, type EventAnswers } from '#libs/contracts/notifications/answers.js';
import { inboundMailsPage } from '#libs/contracts/notifications/inbound.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { EventLinks } from '../events/event-links.js';
import { Answers } from './answer-table.js';
import { Proposals } from './proposals.js';

const REFRESH_MS = 10_000;

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
          <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 16, marginTop: 16 }}>
            <Counts counts={answers.counts} />
            <OpenMails eventId={id} />
            <Proposals eventId={id} proposals={answers.proposals} reload={() => void query.refetch()} />
            <Answers rows={answers.rows} />
          </div>
        )}
      </Loaded>
    </>
  );
}

/** Mails about the event that wait for a person to say whose they are. */
function OpenMails({ eventId }: { readonly eventId: string }) {
  const { t } = useTranslation('answers');
  const query = useQuery({
    queryKey: ['inbound-mails', { eventId }],
    queryFn: () =>
      api.get(
        `/organizer/inbound-mails${queryString({ eventId, open: 'true', pageSize: 1 })}`,
        inboundMailsPage,
      ),
    refetchInterval: REFRESH_MS,
  });
  const count = query.data?.open ?? 0;
  if (count === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <Link to={`/organizer/inbound-mails?eventId=${eventId}`}>{t('event.openMails', { count })}</Link>
      }
      data-testid="open-mails"
    />
  );
}

function Counts({ counts }: { readonly counts: EventAnswers['counts'] }) {
  const { t } = useTranslation('answers');
  const shown = [
    ['invited', t('event.invited'), counts.invited],
    ['accepted', t('answer.ACCEPTED'), counts.accepted],
    ['tentative', t('answer.TENTATIVE'), counts.tentative],
    ['declined', t('answer.DECLINED'), counts.declined],
    ...(counts.delegated > 0 ? [['delegated', t('answer.DELEGATED'), counts.delegated] as const] : []),
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
