import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { calendarLinks } from '#libs/contracts/notifications/feeds.js';
import { api } from '../../shell/api.js';

/** Other ways into a calendar beside the file: web calendars, and a subscription that follows changes. */
export function CalendarLinks({ eventId }: { readonly eventId: string }) {
  const { t } = useTranslation('events');
  const { data } = useQuery({
    queryKey: ['calendar-links', eventId],
    queryFn: () => api.get(`/events/${eventId}/calendar-links`, calendarLinks),
    staleTime: 60_000,
  });
  if (data === undefined) return null;
  const links = [
    ['google', data.google],
    ['outlook', data.outlook],
    ['office365', data.office365],
  ] as const;
  return (
    <div className="chips" style={{ marginTop: 8, fontSize: 13 }} data-testid="calendar-links">
      {links.map(([name, href]) => (
        <a key={name} href={href} target="_blank" rel="noreferrer">
          {t(`calendarLinks.${name}`)}
        </a>
      ))}
      <a href={data.subscribe.programme ?? data.subscribe.all}>
        {t(data.subscribe.programme === null ? 'calendarLinks.all' : 'calendarLinks.programme')}
      </a>
    </div>
  );
}
