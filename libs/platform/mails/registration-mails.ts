import { formatShanghaiInstant, formatShanghaiSpan } from '#libs/domain/time/shanghai-time.js';
import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import type { MailContent, MailContext } from './mail-content.js';

type EventWords = TopicPayload<'registration-pending'>;

export function timeFact(startsAt: string, endsAt: string, c: MailContext): string {
  const span = formatShanghaiSpan(new Date(startsAt), new Date(endsAt), c.locale);
  return c.locale === 'en' ? span : `${span}（北京时间）`;
}

function eventFacts(payload: EventWords, c: MailContext): NonNullable<MailContent['facts']> {
  const { startsAt, endsAt } = payload;
  return [
    [c.say('活动', 'Event'), payload.event],
    [c.say('时间', 'When'), startsAt && endsAt ? timeFact(startsAt, endsAt, c) : null],
    [c.say('地点', 'Where'), payload.place],
  ];
}

const seeRegistration = (payload: EventWords, c: MailContext): NonNullable<MailContent['actions']> => [
  { label: c.say('查看报名', 'See the registration'), href: c.href(payload.link ?? '/my/registrations') },
];

export function registrationPending(payload: EventWords, c: MailContext): MailContent {
  return {
    subject: c.say(`报名待审核：${payload.event}`, `Waiting for approval: ${payload.event}`),
    heading: c.say('报名已收到，等待审核', 'Your registration waits for approval'),
    paragraphs: [
      c.say(
        '主办方审核后我们会立即通知您。名额以审核通过为准。',
        'We tell you as soon as the organizers have decided. A place is yours only after that.',
      ),
    ],
    facts: eventFacts(payload, c),
    actions: seeRegistration(payload, c),
  };
}

export function registrationWaitlisted(
  payload: TopicPayload<'registration-waitlisted'>,
  c: MailContext,
): MailContent {
  const { position } = payload;
  return {
    subject: c.say(`已进入候补：${payload.event}`, `On the waiting list: ${payload.event}`),
    heading: c.say('名额已满，您已进入候补', 'The event is full: you are on the waiting list'),
    paragraphs: [
      c.say(
        '有名额空出时，我们会按顺序发邮件通知您，请留意在期限内确认。',
        'When a place becomes free we offer it in order, by mail; accept it in time.',
      ),
    ],
    facts: [
      ...eventFacts(payload, c),
      [c.say('候补位次', 'Position'), position ? c.say(`第 ${position} 位`, `${position}`) : null],
    ],
    actions: seeRegistration(payload, c),
  };
}

export function registrationOffer(payload: TopicPayload<'registration-offer'>, c: MailContext): MailContent {
  const until = formatShanghaiInstant(new Date(payload.expiresAt), c.locale);
  const decline = payload.declineLink;
  return {
    subject: c.say(
      `有名额了，请在期限内确认：${payload.event}`,
      `A place is free, please confirm: ${payload.event}`,
    ),
    heading: c.say('您候补的活动有名额了', 'A place became free'),
    paragraphs: [
      c.say(
        `名额为您保留到 ${until}（北京时间）。逾期未确认，名额将让给下一位候补者。`,
        `It is kept for you until ${until} (UTC+8). After that it goes to the next person on the list.`,
      ),
    ],
    facts: [...eventFacts(payload, c), [c.say('确认期限', 'Accept before'), until]],
    actions: [
      { label: c.say('确认参加', 'Accept the place'), href: c.href(payload.acceptLink) },
      ...(decline ? [{ label: c.say('放弃名额', 'Decline'), href: c.href(decline) }] : []),
    ],
  };
}

export function registrationRejected(
  payload: TopicPayload<'registration-rejected'>,
  c: MailContext,
): MailContent {
  return {
    subject: c.say(`报名未通过：${payload.event}`, `Registration declined: ${payload.event}`),
    heading: c.say('很遗憾，报名未通过', 'Your registration was declined'),
    paragraphs: [
      c.say('感谢您的关注，欢迎报名其他活动。', 'Thank you for your interest; other events are open to you.'),
    ],
    facts: [...eventFacts(payload, c), [c.say('说明', 'Note'), payload.note]],
    actions: [{ label: c.say('查看其他活动', 'See other events'), href: c.href('/events') }],
  };
}

export function registrationCancelled(
  payload: TopicPayload<'registration-cancelled'>,
  c: MailContext,
): MailContent {
  return {
    subject: c.say(`报名已取消：${payload.event}`, `Registration cancelled: ${payload.event}`),
    heading: c.say('报名已取消', 'Your registration is cancelled'),
    paragraphs: [
      c.say(
        '您的名额已释放。如果改变主意，在报名截止前可以重新报名。',
        'Your place was given back. You can register again while registration is open.',
      ),
    ],
    facts: [...eventFacts(payload, c), [c.say('说明', 'Note'), payload.note]],
    actions: seeRegistration(payload, c),
  };
}

export function registrationExpired(
  payload: TopicPayload<'registration-expired'>,
  c: MailContext,
): MailContent {
  const unanswered = payload.because === 'offer-unanswered';
  return {
    subject: unanswered
      ? c.say(`席位保留时间已过：${payload.event}`, `The time to answer is over: ${payload.event}`)
      : c.say(`报名未能及时审核：${payload.event}`, `Not decided in time: ${payload.event}`),
    heading: unanswered
      ? c.say('为您保留的席位已释放', 'The place kept for you was given back')
      : c.say('报名未能在活动结束前审核', 'Your registration was not decided in time'),
    paragraphs: [
      unanswered
        ? c.say(
            '您没有在期限内确认，席位不再保留。如报名尚未截止，可以重新报名。',
            'It was not accepted in time. You can register again while registration is open.',
          )
        : c.say(
            '活动已经结束，您的报名没有得到审核，现已关闭，不计为未到场。给您带来不便，敬请谅解。',
            'The event is over and the organizers had not decided about your registration; it is closed now and does not count as an absence. We are sorry for that.',
          ),
    ],
    facts: eventFacts(payload, c),
    actions: [{ label: c.say('查看其他活动', 'See other events'), href: c.href('/events') }],
  };
}

/** To those who had no seat yet; a calendar's CANCEL tells the others. */
export function eventCancelled(
  payload: TopicPayload<'registration-event-cancelled'>,
  c: MailContext,
): MailContent {
  return {
    subject: c.say(`活动取消：${payload.event}`, `Event cancelled: ${payload.event}`),
    heading: c.say('您报名的活动已取消', 'The event you registered for is cancelled'),
    paragraphs: [
      c.say(
        '您待审核或候补的报名随之关闭，无需再做任何操作。给您带来不便，敬请谅解。',
        'Your registration, which waited for approval or for a place, is closed with it; there is nothing left to do. We are sorry for that.',
      ),
    ],
    facts: [...eventFacts(payload, c), [c.say('取消原因', 'Reason'), payload.note]],
    actions: [{ label: c.say('查看其他活动', 'See other events'), href: c.href('/events') }],
  };
}

/** To those who had no seat yet; their calendars tell the others. */
export function eventMoved(payload: TopicPayload<'registration-event-moved'>, c: MailContext): MailContent {
  const { before, startsAt, endsAt } = payload;
  const was = timeFact(before.startsAt, before.endsAt, c);
  const sameTime = startsAt && endsAt && timeFact(startsAt, endsAt, c) === was;
  const samePlace = before.place === (payload.place ?? '');
  return {
    subject: sameTime
      ? c.say(`地点变更：${payload.event}`, `New place: ${payload.event}`)
      : c.say(`活动改期：${payload.event}`, `New time: ${payload.event}`),
    heading: c.say('您报名的活动有变动', 'The event you registered for has changed'),
    paragraphs: [
      c.say(
        '以下安排以本通知为准。您的报名仍然有效，不能参加时请取消报名。',
        'What this message says holds from now on. Your registration stays as it is; cancel it if you cannot come.',
      ),
    ],
    facts: [
      ...eventFacts(payload, c),
      [c.say('原时间', 'Was at'), sameTime ? null : was],
      [c.say('原地点', 'Was in'), samePlace ? null : before.place || c.say('未定', 'not decided')],
    ],
    actions: seeRegistration(payload, c),
  };
}

export function eventReminder(payload: TopicPayload<'event-reminder'>, c: MailContext): MailContent {
  const before = payload.minutes < 0;
  const heading = reminderHeading(payload.anchor, before, c);
  return {
    subject: `${heading}${c.say('：', ': ')}${payload.event}`,
    heading,
    paragraphs: payload.note ? [payload.note] : [],
    facts: eventFacts(payload, c),
    actions: [...seeRegistration(payload, c), ...enterOnlineRoom(payload, c)],
  };
}

/** The page and not the room itself: a mail that is passed on opens it to nobody else. */
const enterOnlineRoom = (
  { online }: TopicPayload<'event-reminder'>,
  c: MailContext,
): NonNullable<MailContent['actions']> =>
  online ? [{ label: c.say('线上会场', 'Online room'), href: c.href(online) }] : [];

function reminderHeading(anchor: 'start' | 'end', before: boolean, c: MailContext): string {
  if (anchor === 'start')
    return before
      ? c.say('活动即将开始', 'Your event starts soon')
      : c.say('活动已开始', 'Your event has started');
  return before
    ? c.say('活动即将结束', 'Your event ends soon')
    : c.say('感谢参加活动', 'Thank you for taking part');
}
