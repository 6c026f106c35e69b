import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { myRequests, type MeetingRequestView, type MyRequests } from '#libs/contracts/meetings/requests.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';
import { useMeetingWords } from './meeting-words.js';
import { RequestDialog } from './request-dialog.js';

const COLORS = {
  open: 'blue',
  accepted: 'green',
  declined: 'default',
  withdrawn: 'default',
  expired: 'orange',
} as const;

/** One's requests for meetings at an event. */
export function RequestsCard({ eventId }: { readonly eventId: string }) {
  const { t } = useTranslation('meetings');
  const [asking, setAsking] = useState(false);
  const query = useQuery({
    queryKey: ['meeting-requests', eventId],
    queryFn: () => api.get(`/events/${eventId}/meeting-requests`, myRequests),
  });
  const view = query.data;
  if (view === undefined || (!view.mayAsk && view.requests.length === 0)) return null;
  return (
    <>
      <Card
        size="small"
        className="no-print"
        title={t('request.title')}
        extra={
          view.mayAsk && (
            <Button size="small" type="primary" onClick={() => setAsking(true)} data-testid="ask-for-meeting">
              {t('request.ask')}
            </Button>
          )
        }
      >
        {view.requests.length === 0 && <span style={{ color: '#6b7685' }}>{t('request.empty')}</span>}
        {view.requests.map((request) => (
          <Request key={request.id} eventId={eventId} request={request} slots={view.slots} />
        ))}
      </Card>
      {asking && <RequestDialog eventId={eventId} slots={view.slots} close={() => setAsking(false)} />}
    </>
  );
}

function useAct(eventId: string) {
  const notice = useNotice();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: { path: string; body?: unknown }) => api.post(path, done, body ?? {}),
    onError: (error) => notice.failed(error),
    onSettled: () =>
      Promise.all(
        ['meeting-requests', 'my-timetable'].map((name) =>
          client.invalidateQueries({ queryKey: [name, eventId] }),
        ),
      ),
  });
}

interface RequestProps {
  readonly eventId: string;
  readonly request: MeetingRequestView;
  readonly slots: MyRequests['slots'];
}

function Request({ eventId, request, slots }: RequestProps) {
  const { t } = useTranslation('meetings');
  const format = useFormat();
  const words = useMeetingWords();
  const act = useAct(eventId);
  const [dialog, setDialog] = useState<'propose' | 'decline' | null>(null);
  const { id, status, mine, myTurn, startsAt, endsAt, answerBy, message, reason, meetingId, full } = request;
  const who = words.who(request.organisation, request.person);
  const time = startsAt === null || endsAt === null ? t('request.anyTime') : format.range(startsAt, endsAt);
  const state =
    status === 'open' ? (myTurn ? 'open-mine' : 'open-theirs') : request.byOrganizer ? 'arranged' : status;
  return (
    <div className="request-row" data-testid="meeting-request">
      <div>
        <Tag color={COLORS[status]}>{t(`request.status.${state}`)}</Tag>{' '}
        <strong>{t(mine ? 'request.toThem' : 'request.fromThem', { who })}</strong>
        <p>{time}</p>
        {message !== null && <p>{t('request.says', { message })}</p>}
        {reason !== null && <p>{t('request.because', { reason })}</p>}
        {status === 'open' && <p>{t('request.until', { time: format.instant(answerBy) })}</p>}
        {full !== null && (
          <p style={{ color: '#b42318' }} data-testid="request-full">
            {t('request.full', {
              who: words.full(full),
              count: full.max,
            })}
          </p>
        )}
      </div>
      <Flex wrap gap={8} align="start">
        {myTurn && (
          <>
            <Button
              size="small"
              type="primary"
              loading={act.isPending}
              onClick={() => act.mutate({ path: `/meeting-requests/${id}/accept` })}
              data-testid="accept-request"
            >
              {t('request.accept')}
            </Button>
            <Button size="small" onClick={() => setDialog('propose')} data-testid="propose-time">
              {t('request.propose')}
            </Button>
            <Button size="small" onClick={() => setDialog('decline')}>
              {t('request.decline')}
            </Button>
          </>
        )}
        {status === 'open' && !myTurn && (
          <Button size="small" onClick={() => act.mutate({ path: `/meeting-requests/${id}/withdraw` })}>
            {t('request.withdraw')}
          </Button>
        )}
        {meetingId !== null && <Link to={`/meetings/${meetingId}`}>{t('schedule.detail')}</Link>}
      </Flex>
      {dialog !== null && (
        <RequestDialog
          eventId={eventId}
          slots={slots}
          answer={{ id, kind: dialog, who: request.organisation }}
          close={() => setDialog(null)}
        />
      )}
    </div>
  );
}
