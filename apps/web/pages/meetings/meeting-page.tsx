import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Skeleton, Tag } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { meetingView, type MeetingView } from '#libs/contracts/meetings/meetings.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { CancelDialog } from './cancel-dialog.js';
import { useMeetingWords } from './meeting-words.js';
import './meetings.css';

const MeetingOutcomeBox = lazy(() =>
  import('../results/meeting-outcome.js').then((page) => ({ default: page.MeetingOutcomeBox })),
);

const COLORS = {
  requested: 'default',
  scheduled: 'blue',
  cancelled: 'red',
  held: 'green',
  no_show: 'orange',
} as const;

/** /meetings/:id: when, where and with whom. */
export default function MeetingPage() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['meetings', id],
    queryFn: () => api.get(`/meetings/${id}`, meetingView),
  });
  return <Loaded query={query}>{(meeting) => <Meeting meeting={meeting} />}</Loaded>;
}

function Meeting({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useTranslation('meetings');
  const [cancelling, setCancelling] = useState(false);
  const { status, mySide } = meeting;
  const counterpart =
    mySide === null
      ? null
      : mySide === 'enterprise'
        ? meeting.institute.organisation
        : meeting.enterprise.organisation;
  return (
    <>
      <PageHead
        title={
          counterpart === null ? t('meeting.title') : `${t('meeting.title')}${t('shell:colon')}${counterpart}`
        }
        actions={
          <>
            <Tag color={COLORS[status]} style={{ alignContent: 'center' }}>
              {t(`status.${status}`)}
            </Tag>
            {meeting.canCancel && (
              <Button danger onClick={() => setCancelling(true)} data-testid="cancel-meeting">
                {t('meeting.cancel')}
              </Button>
            )}
          </>
        }
      />
      <div className="stack" style={{ gap: 16 }}>
        {status === 'cancelled' && (
          <Alert
            type="warning"
            title={t('meeting.reasonShown', { reason: meeting.cancelReason || t('meeting.noReason') })}
            showIcon
          />
        )}
        {status === 'requested' && <Alert type="info" title={t('meeting.unscheduled')} showIcon />}
        <Details meeting={meeting} />
        {['scheduled', 'held', 'no_show'].includes(status) && (
          <Suspense fallback={<Skeleton active />}>
            <MeetingOutcomeBox meetingId={meeting.id} />
          </Suspense>
        )}
      </div>
      {cancelling && <CancelDialog id={meeting.id} close={() => setCancelling(false)} />}
    </>
  );
}

function Details({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useTranslation('meetings');
  const format = useFormat();
  const words = useMeetingWords();
  const { event, need, capability, startsAt, endsAt, room, table } = meeting;
  const place = [event.venue, event.address, room, table === null ? null : words.table(table)].filter(
    Boolean,
  );
  return (
    <Card>
      <Descriptions
        column={{ xs: 1, md: 2 }}
        items={[
          {
            key: 'time',
            label: t('meeting.time'),
            children: startsAt === null || endsAt === null ? '—' : format.range(startsAt, endsAt),
          },
          { key: 'place', label: t('meeting.place'), children: place.join(' · ') || '—' },
          {
            key: 'event',
            label: t('meeting.event'),
            span: 'filled',
            children: <Link to={`/events/${event.id}`}>{words.title(event)}</Link>,
          },
          { key: 'enterprise', label: t('meeting.enterprise'), children: <Side side={meeting.enterprise} /> },
          { key: 'institute', label: t('meeting.institute'), children: <Side side={meeting.institute} /> },
          ...(meeting.guests.length === 0
            ? []
            : [
                {
                  key: 'guests',
                  label: t('settings.guests'),
                  span: 'filled' as const,
                  children: meeting.guests
                    .map((one) => words.who(one.organisation, one.person))
                    .join(t('shell:comma')),
                },
              ]),
          {
            key: 'need',
            label: t('meeting.need'),
            children: need === null ? '—' : <Link to={`/needs/${need.id}`}>{need.title}</Link>,
          },
          {
            key: 'capability',
            label: t('meeting.capability'),
            children:
              capability === null ? (
                '—'
              ) : (
                <Link to={`/capabilities/${capability.id}`}>{capability.title}</Link>
              ),
          },
          ...(meeting.also.length === 0
            ? []
            : [
                {
                  key: 'also',
                  label: t('meeting.also'),
                  span: 'filled' as const,
                  children: <Also topics={meeting.also} />,
                },
              ]),
        ]}
      />
    </Card>
  );
}

/** Further matches of the two, each with its need and its capability. */
function Also({ topics }: { readonly topics: MeetingView['also'] }) {
  return (
    <div data-testid="also">
      {topics.map((one) => (
        <div key={one.matchId}>
          <Link to={`/needs/${one.needId}`}>{one.need}</Link> /{' '}
          <Link to={`/capabilities/${one.capabilityId}`}>{one.capability}</Link>
        </div>
      ))}
    </div>
  );
}

function Side({ side }: { readonly side: MeetingView['enterprise'] }) {
  const { t } = useTranslation('meetings');
  return (
    <div>
      <Link to={`/organisations/${side.organisationId}`}>{side.organisation}</Link>
      <div>{side.person}</div>
      {side.contact === null ? (
        <small style={{ color: '#6b7685' }}>{t('meeting.sealed')}</small>
      ) : (
        <div>
          <a href={`mailto:${side.contact.email}`} style={{ overflowWrap: 'anywhere' }}>
            {side.contact.email}
          </a>
          {side.contact.phone !== null && (
            <>
              {' · '}
              <a href={`tel:${side.contact.phone}`}>{side.contact.phone}</a>
            </>
          )}
        </div>
      )}
    </div>
  );
}
