import { CalendarOutlined, EnvironmentOutlined } from '@ant-design/icons';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EventRow } from '#libs/contracts/events/event-views.js';
import { useCodes } from '../../shell/codes.js';
import { useFormat, ZONE } from '../../shell/format.js';
import { DoorTag, useEventWords } from './event-words.js';
import './events.css';

/** The day of an event, as a leaf of a calendar. */
export function DateBlock({ iso, color }: { iso: string; color: string }) {
  const { i18n } = useTranslation();
  const at = dayjs(iso)
    .tz(ZONE)
    .locale(i18n.language === 'en' ? 'en' : 'zh-cn');
  return (
    <div className="date-block" style={{ borderTopColor: color }} aria-hidden>
      <span>{at.format(i18n.language === 'en' ? 'MMM YYYY' : 'YYYY年M月')}</span>
      <strong>{at.format('DD')}</strong>
      <span>{at.format('ddd')}</span>
    </div>
  );
}

/** One event in a list of the public. */
export function EventCard({ event }: { event: EventRow }) {
  const { t } = useTranslation('events');
  const codes = useCodes();
  const format = useFormat();
  const words = useEventWords();
  const brand = event.programme;
  return (
    <Link to={`/events/${event.id}`} className="event-card" data-testid="event-card">
      <DateBlock iso={event.startsAt} color={brand?.color ?? '#0b5cad'} />
      <div className="event-card-body">
        <div className="event-card-brand">
          {brand !== null && (
            <span style={{ color: brand.color }}>
              {words.programme(brand)} {words.edition(event)}
            </span>
          )}
          <span>{codes.label('event-kind', event.kind)}</span>
        </div>
        <h3>{words.title(event)}</h3>
        <div className="event-card-facts">
          <span>
            <CalendarOutlined /> {format.range(event.startsAt, event.endsAt)}
          </span>
          <span>
            <EnvironmentOutlined /> {words.place(event)}
          </span>
        </div>
      </div>
      <div className="event-card-state">
        <DoorTag event={event} />
        {event.state === 'published' && event.door === 'open' && (
          <span>{t('seatsLeft', { count: event.seatsLeft })}</span>
        )}
      </div>
    </Link>
  );
}
