import { addToCalendarLinks } from './add-to-calendar.js';
import type { CalendarInvitation } from './invitation.js';
import { validateItip } from './validate-itip.js';
import { splitByDay, writeFeed } from './write-feed.js';

const event: CalendarInvitation = {
  method: 'PUBLISH',
  uid: 'event-1@calendar.duijie',
  sequence: 3,
  stampedAt: new Date('2026-11-01T02:03:04Z'),
  start: new Date('2026-11-24T06:00:00Z'),
  end: new Date('2026-11-24T07:00:00Z'),
  timeZone: 'Asia/Shanghai',
  summary: '对接会',
  description: '',
  location: '301',
  url: 'https://duijie.example/events/1',
  organizer: { name: '科技局', email: 'noreply@duijie.example' },
  attendees: [{ name: '王工', email: 'wang@institute.example' }],
  status: 'CONFIRMED',
  reminders: [30],
  createdAt: new Date('2026-10-01T00:00:00Z'),
  lastModifiedAt: new Date('2026-10-31T23:59:59Z'),
  cancelledWhole: false,
};
const feed = {
  name: '南沙对接；活动, 日历',
  description: '第一行\n第二行',
  source: 'https://duijie.example/api/calendar/public.ics',
  refreshHours: 1,
  color: 'teal',
  events: [
    event,
    { ...event, uid: 'event-2@calendar.duijie', cancelledWhole: true, timeZone: 'Europe/Berlin' },
  ],
};
const lines = (text: string) => text.replace(/\r\n /g, '').split('\r\n');

test('a feed tells its name, how often to look and where it is, before its components', () => {
  const text = writeFeed(feed);
  expect(validateItip(text)).toEqual([]);
  expect(lines(text).slice(0, lines(text).indexOf('BEGIN:VTIMEZONE'))).toEqual([
    'BEGIN:VCALENDAR',
    'PRODID:-//Duijie//Calendar 1.0//ZH',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'NAME:南沙对接；活动\\, 日历',
    'X-WR-CALNAME:南沙对接；活动\\, 日历',
    'DESCRIPTION:第一行\\n第二行',
    'X-WR-CALDESC:第一行\\n第二行',
    'X-WR-TIMEZONE:Asia/Shanghai',
    'COLOR:teal',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    'SOURCE;VALUE=URI:https://duijie.example/api/calendar/public.ics',
  ]);
});

test('a zone that no time of the feed is in is not defined', () => {
  const [start, end] = [new Date('2026-11-01T06:30:00Z'), new Date('2026-11-01T06:45:00Z')];
  const text = writeFeed({
    ...feed,
    events: [event, { ...event, start, end, timeZone: 'America/New_York' }],
  });
  expect([text.includes('America/New_York'), validateItip(text)]).toEqual([false, []]);
});

test('cancelled events stay, attendees and alarms do not, and every zone is there once', () => {
  const text = lines(writeFeed(feed));
  expect(text.filter((line) => /^(STATUS|SEQUENCE|UID|TZID|ATTENDEE|BEGIN:VALARM)/.test(line))).toEqual([
    'TZID:Asia/Shanghai',
    'TZID:Europe/Berlin',
    'UID:event-1@calendar.duijie',
    'SEQUENCE:3',
    'STATUS:CONFIRMED',
    'UID:event-2@calendar.duijie',
    'SEQUENCE:3',
    'STATUS:CANCELLED',
  ]);
});

test('a name cannot inject lines', () => {
  const text = writeFeed({ ...feed, name: 'x\r\nBEGIN:VEVENT\r\nUID:evil', events: [] });
  expect(lines(text).filter((line) => line.startsWith('BEGIN:'))).toEqual(['BEGIN:VCALENDAR']);
});

test('days of an event are entries of their own when asked for', () => {
  const fair = { ...event, start: new Date('2026-11-24T01:00:00Z'), end: new Date('2026-11-26T09:00:00Z') };
  expect(splitByDay(fair).map((day) => [day.uid, day.start.toISOString(), day.end.toISOString()])).toEqual([
    ['event-1@calendar.duijie', '2026-11-24T01:00:00.000Z', '2026-11-24T09:00:00.000Z'],
    ['day-2-event-1@calendar.duijie', '2026-11-25T01:00:00.000Z', '2026-11-25T09:00:00.000Z'],
    ['day-3-event-1@calendar.duijie', '2026-11-26T01:00:00.000Z', '2026-11-26T09:00:00.000Z'],
  ]);
  expect(splitByDay(event)).toEqual([event]);
  const night = { ...event, start: new Date('2026-11-24T14:00:00Z'), end: new Date('2026-11-24T18:00:00Z') };
  expect(splitByDay(night)).toEqual([night]);
});

test('web calendars get the event in their links', () => {
  const links = addToCalendarLinks({
    title: '对接 & 洽谈',
    start: event.start,
    end: event.end,
    description: 'a b',
    location: '301',
  });
  expect(links).toEqual({
    google:
      'https://calendar.google.com/calendar/render?action=TEMPLATE&text=%E5%AF%B9%E6%8E%A5+%26+%E6%B4%BD%E8%B0%88&dates=20261124T060000Z%2F20261124T070000Z&details=a+b&location=301',
    outlook:
      'https://outlook.live.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&subject=%E5%AF%B9%E6%8E%A5%20%26%20%E6%B4%BD%E8%B0%88&startdt=2026-11-24T06%3A00%3A00.000Z&enddt=2026-11-24T07%3A00%3A00.000Z&body=a%20b&location=301',
    office365:
      'https://outlook.office.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&subject=%E5%AF%B9%E6%8E%A5%20%26%20%E6%B4%BD%E8%B0%88&startdt=2026-11-24T06%3A00%3A00.000Z&enddt=2026-11-24T07%3A00%3A00.000Z&body=a%20b&location=301',
  });
});
