import { CalendarOutlined } from '@ant-design/icons';
import { Button, Card, Progress, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EventView } from '#libs/contracts/events/event-views.js';
import { useFormat } from '../../shell/format.js';
import { CalendarLinks } from './calendar-links.js';

const LIVE = new Set(['pending', 'confirmed', 'waitlisted', 'offered']);

/** What the reader can do about taking part. */
export function RegistrationBox({ event }: { event: EventView }) {
  const { t } = useTranslation('events');
  const taken = event.capacity - event.seatsLeft;
  return (
    <Card title={t('registration')}>
      <Seats event={event} taken={taken} />
      <Action event={event} />
      <Window event={event} />
      {event.state !== 'cancelled' && (
        <Button
          block
          icon={<CalendarOutlined />}
          href={`/api/events/${event.id}/calendar.ics`}
          style={{ marginTop: 8 }}
          data-testid="calendar-file"
        >
          {t('addToCalendar')}
        </Button>
      )}
      {event.state !== 'cancelled' && <CalendarLinks eventId={event.id} />}
    </Card>
  );
}

function Seats({ event, taken }: { event: EventView; taken: number }) {
  const { t } = useTranslation('events');
  return (
    <div style={{ marginBottom: 12 }}>
      <div style={{ display: 'flex', justifyContent: 'space-between' }}>
        <strong>{t(`door.${event.state === 'published' ? event.door : 'closed'}`)}</strong>
        <span>
          {event.state === 'published'
            ? t('seatsOf', { left: event.seatsLeft, all: event.capacity })
            : t('takenOf', { taken, all: event.capacity })}
        </span>
      </div>
      <Progress
        percent={Math.round((taken / event.capacity) * 100)}
        showInfo={false}
        aria-label={t('seatsTaken')}
      />
    </div>
  );
}

function Action({ event }: { event: EventView }) {
  const { t } = useTranslation('events');
  const own = event.registration;
  if (own !== null && LIVE.has(own.status)) {
    return (
      <>
        <p style={{ marginTop: 0 }}>
          {t('yours')} <Tag color="processing">{t(`own.${own.status}`)}</Tag>
        </p>
        <Link to={`/registrations/${own.id}`}>
          <Button type="primary" block data-testid="my-registration">
            {t(own.status === 'confirmed' ? 'seeTicket' : 'seeYours')}
          </Button>
        </Link>
        {own.status === 'confirmed' && event.slots !== null && (
          <Link to={`/events/${event.id}/schedule`}>
            <Button block style={{ marginTop: 8 }} data-testid="my-meetings">
              {t('yourMeetings')}
            </Button>
          </Link>
        )}
      </>
    );
  }
  if (event.door !== 'open' && event.door !== 'waiting_list') return null;
  return (
    <Link to={`/events/${event.id}/register`}>
      <Button type="primary" size="large" block data-testid="register">
        {t(event.door === 'open' ? 'register' : 'joinWaiting')}
      </Button>
    </Link>
  );
}

function Window({ event }: { event: EventView }) {
  const { t } = useTranslation('events');
  const format = useFormat();
  if (event.state !== 'published') return null;
  const opens = event.registrationOpensAt;
  const lines = [
    ...(event.door === 'not_open' && opens !== null ? [t('opensAt', { time: format.instant(opens) })] : []),
    t('closesAt', { time: format.instant(event.registrationClosesAt ?? event.startsAt) }),
    ...(event.approvalRequired ? [t('needsApproval')] : []),
    ...(event.groupMax > 1 ? [t('groupsUpTo', { count: event.groupMax })] : []),
  ];
  return (
    <ul style={{ margin: '12px 0 0', paddingInlineStart: 18, color: '#6b7685' }}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
