import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { organizerEventView } from '#libs/contracts/events/event-editing.js';
import { api } from '../../shell/api.js';
import { isOrganizer, useSession } from '../../shell/session.js';
import './events.css';

/** Where organizers work on one event; the key is that of its word. */
export function eventPaths(event: {
  readonly id: string;
  readonly oneToOne: boolean;
}): readonly (readonly [string, string])[] {
  const base = `/organizer/events/${event.id}`;
  return [
    ['registrations', `${base}/registrations`],
    ...(event.oneToOne ? [['timetable', `${base}/timetable`] as const] : []),
    ['checkIn', `${base}/check-in`],
    ['reminders', `${base}/reminders`],
    ['answers', `${base}/answers`],
    ['deliveries', `/organizer/deliveries?eventId=${event.id}`],
  ];
}

/** The way between the organizer's pages of one event; nothing for everybody else, for drafts and for templates. */
export function EventLinks({ eventId }: { readonly eventId: string }) {
  const { t } = useTranslation('events');
  const { person } = useSession();
  const { pathname } = useLocation();
  const { data: event } = useQuery({
    queryKey: ['organizer-event', eventId],
    queryFn: () => api.get(`/organizer/events/${eventId}`, organizerEventView),
    enabled: isOrganizer(person),
  });
  if (event === undefined || event.isTemplate || event.state === 'draft') return null;
  const links = [
    ['edit', `/organizer/events/${eventId}`],
    ...eventPaths({ id: eventId, oneToOne: event.slots !== null }),
    ['publicPage', `/events/${eventId}`],
  ] as const;
  return (
    <nav className="chips no-print" aria-label={t('links.label')}>
      {links.map(([text, path]) => (
        <Link key={path} to={path} data-testid={`link-${text}`}>
          <Button size="small" {...(path === pathname ? { type: 'primary', ghost: true } : {})}>
            {t(`links.${text}`)}
          </Button>
        </Link>
      ))}
    </nav>
  );
}
