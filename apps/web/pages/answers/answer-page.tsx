import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerView, type AnswerBody, type AnswerView } from '#libs/contracts/notifications/answers.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';

const CHOICES = ['ACCEPTED', 'TENTATIVE', 'DECLINED'] as const;

/** /rsvp/:token: where an invitation is answered. Opening it changes nothing: mail scanners follow links. */
export default function AnswerPage() {
  const token = useParams()['token']!;
  const { t } = useTranslation('answers');
  const query = useQuery({
    queryKey: ['answer', token],
    queryFn: () => api.get(`/rsvp/${encodeURIComponent(token)}`, answerView),
  });
  return (
    <div style={{ maxWidth: 640, margin: '0 auto' }}>
      <PageHead title={t('rsvp.title')} />
      <Loaded query={query}>
        {(view) => <Invitation view={view} token={token} reload={() => void query.refetch()} />}
      </Loaded>
    </div>
  );
}

interface InvitationProps {
  readonly view: AnswerView;
  readonly token: string;
  readonly reload: () => void;
}

function Invitation({ view, token, reload }: InvitationProps) {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const items = [
    { key: 'when', label: t('rsvp.when'), children: format.range(view.startsAt, view.endsAt) },
    ...(view.place === '' ? [] : [{ key: 'place', label: t('rsvp.place'), children: view.place }]),
  ];
  return (
    <Card title={view.summary} styles={{ title: { whiteSpace: 'normal' }, header: { paddingBlock: 12 } }}>
      <p>
        {t('rsvp.greeting', { name: view.name })} {t(`rsvp.${view.kind}`)}
      </p>
      <Descriptions column={1} size="small" items={items} />
      {view.answer !== null && view.statedAt !== null && (
        <Alert
          style={{ marginBlock: 12 }}
          type="info"
          showIcon
          title={t('rsvp.current', { answer: t(`answer.${view.answer}`), at: format.instant(view.statedAt) })}
          data-testid="current-answer"
        />
      )}
      {view.state === 'open' ? (
        <Choices view={view} token={token} reload={reload} />
      ) : (
        <Alert type="warning" showIcon title={t(`rsvp.${view.state}`)} />
      )}
      <p style={{ marginBlockStart: 16, marginBlockEnd: 0 }}>
        <Link to={`/events/${view.eventId}`}>{t('rsvp.details')}</Link>
      </p>
    </Card>
  );
}

function Choices({ view, token, reload }: InvitationProps) {
  const { t } = useTranslation('answers');
  const notice = useNotice();
  const [comment, setComment] = useState(view.comment);
  const give = useMutation({
    mutationFn: (answer: AnswerBody['answer']) =>
      api.post(`/rsvp/${encodeURIComponent(token)}`, answerView, { answer, comment }),
    onSuccess: (_view, answer) => notice.done(t('rsvp.saved', { answer: t(`answer.${answer}`) })),
    onError: (error) => notice.failed(error),
    onSettled: reload,
  });
  return (
    <>
      <p>{t('rsvp.ask')}</p>
      <Input.TextArea
        value={comment}
        onChange={(change) => setComment(change.target.value)}
        placeholder={t('rsvp.comment')}
        maxLength={1000}
        autoSize={{ minRows: 2, maxRows: 6 }}
      />
      <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', marginBlock: 16 }}>
        {CHOICES.map((answer) => (
          <Button
            key={answer}
            size="large"
            type={(view.answer ?? 'ACCEPTED') === answer ? 'primary' : 'default'}
            loading={give.isPending && give.variables === answer}
            onClick={() => give.mutate(answer)}
            data-testid={`answer-${answer}`}
          >
            {t(`answer.${answer}`)}
          </Button>
        ))}
      </div>
      {view.kind === 'event' && <small>{t('rsvp.seat')}</small>}
    </>
  );
}
