import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Col, Descriptions, Row } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { done } from '#libs/contracts/primitives.js';
import {
  offerView,
  registrationDetail,
  type RegistrationDetail,
} from '#libs/contracts/registrations/registration.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { AnswersDrawer } from './answers-drawer.js';
import { EventLine, placeOf, StatusTag, useEventTitle, useExplanation } from './pieces.js';
import { answerText } from './question-fields.js';
import { Ticket } from './ticket.js';

export default function RegistrationPage() {
  const id = useParams()['id']!;
  const query = useQuery({
    queryKey: ['registration', id],
    queryFn: () => api.get(`/registrations/${id}`, registrationDetail),
  });
  return <Loaded query={query}>{(registration) => <Registration registration={registration} />}</Loaded>;
}

const ALERTS = {
  pending: 'info',
  confirmed: 'success',
  waitlisted: 'info',
  offered: 'warning',
  rejected: 'error',
  cancelled: 'info',
  expired: 'warning',
} as const;

function Registration({ registration }: { registration: RegistrationDetail }) {
  const { t } = useTranslation('registrations');
  const title = useEventTitle()(registration.event);
  const explain = useExplanation();
  const withTicket = registration.own && registration.status === 'confirmed';
  return (
    <>
      <PageHead
        title={title}
        hint={<EventLine event={registration.event} />}
        actions={
          <Link to={`/events/${registration.event.id}`} className="no-print">
            <Button>{t('detail.event')}</Button>
          </Link>
        }
      />
      <Alert
        className="no-print"
        showIcon
        type={ALERTS[registration.status]}
        title={<StatusTag status={registration.status} />}
        description={explain(registration)}
        action={
          registration.own && registration.status === 'offered' ? (
            <OfferButtons id={registration.id} />
          ) : undefined
        }
        style={{ marginBottom: 16 }}
      />
      <Row gutter={[16, 16]}>
        {withTicket && (
          <Col xs={24} lg={10}>
            <Ticket id={registration.id} />
          </Col>
        )}
        <Col xs={24} lg={withTicket ? 14 : 24} className="no-print">
          <Details registration={registration} />
        </Col>
      </Row>
    </>
  );
}

function OfferButtons({ id }: { id: string }) {
  const { t } = useTranslation('registrations');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const answer = useMutation({
    mutationFn: (kind: 'accept' | 'decline') => api.post(`/offers/${id}/${kind}`, offerView, {}),
    onError: (error) => notice.failed(error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['registration', id] }),
  });
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
      <Button
        type="primary"
        loading={answer.isPending}
        onClick={() => answer.mutate('accept')}
        data-testid="offer-accept"
      >
        {t('offer.accept')}
      </Button>
      <Button
        disabled={answer.isPending}
        onClick={() => answer.mutate('decline')}
        data-testid="offer-decline"
      >
        {t('offer.decline')}
      </Button>
    </div>
  );
}

function Details({ registration: r }: { registration: RegistrationDetail }) {
  const { t, i18n } = useTranslation('registrations');
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const english = i18n.language === 'en';
  const words = { english, yes: t('shell:yes'), no: t('shell:no') };
  const items = [
    { key: 'who', label: t('detail.who'), children: r.personName },
    { key: 'organisation', label: t('detail.organisation'), children: r.organisation ?? '—' },
    { key: 'size', label: t('detail.size'), children: t('people', { count: r.groupSize }) },
    { key: 'where', label: t('detail.where'), children: placeOf(r.event) || '—' },
    ...(r.onlineUrl === null
      ? []
      : [{ key: 'online', label: t('detail.online'), children: <a href={r.onlineUrl}>{r.onlineUrl}</a> }]),
    { key: 'registered', label: t('detail.registered'), children: format.instant(r.createdAt) },
    ...(r.note === null ? [] : [{ key: 'note', label: t('detail.note'), children: r.note }]),
    ...r.questions.map((question) => ({
      key: `answer-${question.key}`,
      label: english ? question.en || question.zh : question.zh,
      children: answerText(question, r.answers[question.key], words),
    })),
  ];
  return (
    <Card title={t('detail.title')}>
      <Descriptions column={1} size="small" items={items} styles={{ label: { width: 130 } }} />
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginTop: 16 }}>
        {r.canEditAnswers && <Button onClick={() => setEditing(true)}>{t('detail.editAnswers')}</Button>}
        {r.canCancel && <CancelButton id={r.id} />}
      </div>
      {editing && <AnswersDrawer registration={r} close={() => setEditing(false)} />}
    </Card>
  );
}

function CancelButton({ id }: { id: string }) {
  const { t } = useTranslation('registrations');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const cancel = async () => {
    try {
      await api.post(`/registrations/${id}/cancel`, done, {});
      notice.done(t('detail.cancelled'));
    } catch (error) {
      notice.failed(error);
    }
    await queryClient.invalidateQueries({ queryKey: ['registration', id] });
  };
  return (
    <Button
      danger
      data-testid="registration-cancel"
      onClick={() =>
        notice.ask({
          title: t('detail.cancelAsk'),
          text: t('detail.cancelText'),
          danger: true,
          action: cancel,
        })
      }
    >
      {t('detail.cancel')}
    </Button>
  );
}
