import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { eventView, type EventView } from '#libs/contracts/events/event-views.js';
import { api } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { isOrganizer, isStaff, useSession } from '../../shell/session.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { AgendaView } from './agenda-view.js';
import { DoorTag, useEventWords } from './event-words.js';
import { RegistrationBox } from './registration-box.js';
import './events.css';

export default function EventPage() {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['event', id], queryFn: () => api.get(`/events/${id}`, eventView) });
  return <Loaded query={query}>{(event) => <EventContent event={event} />}</Loaded>;
}

function EventContent({ event }: { event: EventView }) {
  const { t } = useTranslation('events');
  const words = useEventWords();
  const { person } = useSession();
  const checksIn = !isOrganizer(person) && isStaff(person) && event.state !== 'cancelled';
  const actions = (
    <>
      {isOrganizer(person) && (
        <Link to={`/organizer/events/${event.id}`}>
          <Button>{t('manageThis')}</Button>
        </Link>
      )}
      {checksIn && (
        <Link to={`/organizer/events/${event.id}/check-in`} data-testid="event-check-in">
          <Button>{t('checkIn')}</Button>
        </Link>
      )}
    </>
  );
  const brand = event.programme;
  return (
    <>
      <PageHead
        title={words.title(event)}
        hint={
          brand !== null && (
            <Link to={`/programmes/${brand.slug}`} style={{ color: brand.color }}>
              {words.programme(brand)} {words.edition(event)}
            </Link>
          )
        }
        actions={actions}
      />
      {event.state === 'cancelled' && (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('cancelledNotice')}
          description={event.stateNote}
        />
      )}
      <div className="event-columns">
        <main>
          <Card title={t('about')} style={{ marginBottom: 16 }}>
            <Facts event={event} />
            {event.intro !== null && event.intro !== '' && (
              <div className="prose" style={{ marginTop: 16 }}>
                {event.intro}
              </div>
            )}
          </Card>
          <Card title={t('agenda')}>
            {event.agenda.length === 0 ? <EmptyState text={t('noAgenda')} /> : <AgendaView event={event} />}
          </Card>
        </main>
        <aside>
          <RegistrationBox event={event} />
        </aside>
      </div>
    </>
  );
}

function Facts({ event }: { event: EventView }) {
  const { t } = useTranslation('events');
  const codes = useCodes();
  const format = useFormat();
  const words = useEventWords();
  return (
    <dl className="facts">
      <dt>{t('time')}</dt>
      <dd>{format.range(event.startsAt, event.endsAt)}</dd>
      <dt>{t('place')}</dt>
      <dd>
        {event.venue === null
          ? words.place(event)
          : `${event.venue.name}${event.venue.address ? t('shell:brackets', { text: event.venue.address }) : ''}`}
        {event.onlineUrl !== null && (
          <>
            {' '}
            <a href={event.onlineUrl} target="_blank" rel="noreferrer">
              {t('joinOnline')}
            </a>
          </>
        )}
      </dd>
      <dt>{t('kind')}</dt>
      <dd>
        {codes.label('event-kind', event.kind)} <DoorTag event={event} />
      </dd>
      {event.host !== null && (
        <>
          <dt>{t('host')}</dt>
          <dd>
            <Link to={`/organisations/${event.host.id}`}>{event.host.name}</Link>
          </dd>
        </>
      )}
      {event.slots !== null && (
        <>
          <dt>{t('oneToOne')}</dt>
          <dd>
            {t('slotsLine', {
              span: format.range(event.slots.startsAt, event.slots.endsAt),
              minutes: event.slots.minutes,
              tables: event.tables,
            })}
          </dd>
        </>
      )}
      {event.tags.length > 0 && (
        <>
          <dt>{t('tags')}</dt>
          <dd>
            {event.tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}
