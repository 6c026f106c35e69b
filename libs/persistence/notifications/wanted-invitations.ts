import type { CalendarInvitation } from '#libs/domain/calendar/invitation.js';

/**
 * Stands for the configured sender's address, which only the notification service knows; it writes the real one into
 * every message of an attendee.
 */
const ORGANIZER_PLACEHOLDER = 'organizer@calendar.duijie';

export const eventUid = (eventId: string): string => `event-${eventId}@calendar.duijie`;
export const meetingUid = (meetingId: string): string => `meeting-${meetingId}@calendar.duijie`;

export interface Attendee {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly locale: 'zh-CN' | 'en';
}

/** An event's row with the names of its venue and host, as invitations tell them. */
export interface EventTruth {
  readonly id: string;
  readonly state: string;
  readonly title: string;
  readonly titleEn: string | null;
  readonly intro: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly venue: string | null;
  readonly address: string | null;
  readonly onlineUrl: string | null;
  readonly host: string | null;
  readonly stateNote: string | null;
}

export interface TicketTruth {
  readonly groupSize: number;
  readonly ticketCode: string;
}

/** One side of a meeting: whom the attendee meets, when and at which table. */
export interface MeetingTruth {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly counterpart: string;
  readonly counterpartPerson: string;
  readonly room: string | null;
  readonly table: string | null;
}

const INTRO_LENGTH = 800;

export function eventInvitation(
  event: EventTruth,
  ticket: TicketTruth,
  attendee: Attendee,
): CalendarInvitation {
  const zh = attendee.locale === 'zh-CN';
  const lines = [
    event.intro?.slice(0, INTRO_LENGTH) ?? '',
    zh ? `报名人数：${ticket.groupSize} 人` : `Places: ${ticket.groupSize}`,
    zh ? `签到码：${ticket.ticketCode}` : `Check-in code: ${ticket.ticketCode}`,
  ];
  return {
    ...fixedParts(attendee, event),
    uid: eventUid(event.id),
    start: event.startsAt,
    end: event.endsAt,
    summary: titleFor(event, attendee),
    description: lines.filter((line) => line !== '').join('\n'),
    location: placeOf(event, [], zh),
    reminders: [60, 24 * 60],
  };
}

export function meetingInvitation(
  meetingId: string,
  event: EventTruth,
  meeting: MeetingTruth,
  attendee: Attendee,
): CalendarInvitation {
  const zh = attendee.locale === 'zh-CN';
  const title = titleFor(event, attendee);
  const table = meeting.table === null ? null : tableName(meeting.table, zh);
  const lines = zh
    ? [`活动：${title}`, `洽谈对方：${meeting.counterpart}（${meeting.counterpartPerson}）`]
    : [`Event: ${title}`, `You meet: ${meeting.counterpart} (${meeting.counterpartPerson})`];
  return {
    ...fixedParts(attendee, event),
    uid: meetingUid(meetingId),
    start: meeting.startsAt,
    end: meeting.endsAt,
    summary: zh ? `一对一洽谈：${meeting.counterpart}` : `1:1 meeting: ${meeting.counterpart}`,
    description: lines.join('\n'),
    location: placeOf(event, [meeting.room, table], zh),
    reminders: [15],
  };
}

/**
 * The guest list stays private: a message names its recipient only. RSVP is FALSE because the registration is the
 * answer; whoever cannot come gives the place back on the platform.
 */
function fixedParts(attendee: Attendee, event: EventTruth) {
  const epoch = new Date(0);
  return {
    method: 'REQUEST',
    sequence: 0,
    stampedAt: epoch,
    createdAt: epoch,
    lastModifiedAt: epoch,
    timeZone: 'Asia/Shanghai',
    url: '',
    organizer: {
      name: event.host === null ? '对接' : `${event.host} via 对接`,
      email: ORGANIZER_PLACEHOLDER,
    },
    attendees: [{ name: attendee.name, email: attendee.email, rsvp: false }],
    status: 'CONFIRMED',
    cancelledWhole: false,
  } satisfies Partial<CalendarInvitation>;
}

export function titleFor(event: EventTruth, attendee: Pick<Attendee, 'locale'>): string {
  return attendee.locale === 'en' && event.titleEn ? event.titleEn : event.title;
}

/** Venue, address and `within` them, and where it is seen online. */
export function placeOf(event: EventTruth, within: readonly (string | null)[], zh: boolean): string {
  const online = event.onlineUrl === null ? null : `${zh ? '线上：' : 'Online: '}${event.onlineUrl}`;
  const parts = [event.venue, event.address, ...within, online];
  return parts.filter((part) => part !== null && part !== '').join(zh ? '，' : ', ');
}

function tableName(label: string, zh: boolean): string {
  if (/桌|table/i.test(label)) return label;
  return zh ? `${label} 号桌` : `Table ${label}`;
}
