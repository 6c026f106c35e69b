export interface CalendarLinkEvent {
  readonly title: string;
  readonly start: Date;
  readonly end: Date;
  readonly description: string;
  readonly location: string;
}

export interface CalendarLinks {
  readonly google: string;
  readonly outlook: string;
  readonly office365: string;
}

const compact = (date: Date) => `${date.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
const MAX_DETAILS = 1000;

/** Links that open the web calendars of Google and Microsoft with the event filled in; their servers learn its text. */
export function addToCalendarLinks(event: CalendarLinkEvent): CalendarLinks {
  const details = event.description.slice(0, MAX_DETAILS);
  const google = new URL('https://calendar.google.com/calendar/render');
  google.search = new URLSearchParams({
    action: 'TEMPLATE',
    text: event.title,
    dates: `${compact(event.start)}/${compact(event.end)}`,
    details,
    location: event.location,
  }).toString();
  const microsoft = (host: string) => {
    const url = new URL(`https://${host}/calendar/0/deeplink/compose`);
    url.search = new URLSearchParams({
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: event.title,
      startdt: event.start.toISOString(),
      enddt: event.end.toISOString(),
      body: details,
      location: event.location,
      // Outlook shows a plus as it is.
    })
      .toString()
      .replaceAll('+', '%20');
    return url.href;
  };
  return {
    google: google.href,
    outlook: microsoft('outlook.live.com'),
    office365: microsoft('outlook.office.com'),
  };
}
