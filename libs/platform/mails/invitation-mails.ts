import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import type { MailContent, MailContext } from './mail-content.js';
import { timeFact } from './registration-mails.js';

type Invitation = TopicPayload<'invitation-request'>;
type Facts = NonNullable<MailContent['facts']>;

/** The text alone says what, when, where and who (RFC 6047 §2.4): some readers never see the calendar part. */
function facts(payload: Invitation, c: MailContext): Facts {
  const old = oldFacts(payload, c);
  return [
    [c.say('内容', 'What'), payload.summary],
    old.summary,
    [c.say('活动', 'Event'), payload.title === payload.summary ? null : payload.title],
    [c.say('时间', 'When'), timeFact(payload.startsAt, payload.endsAt, c)],
    old.time,
    [c.say('地点', 'Where'), payload.place],
    old.place,
    [c.say('主办', 'Host'), payload.host],
    [c.say('说明', 'Details'), payload.details],
  ];
}

type OldFact = readonly [label: string, value: string | null];

/** What an update replaces; null where nothing changed. */
function oldFacts(payload: Invitation, c: MailContext): Record<'summary' | 'time' | 'place', OldFact> {
  const { before } = payload;
  const changed = (was: string | undefined, is: string): string | null =>
    was === undefined || was === is ? null : was || c.say('未定', 'not decided');
  const was = before ? timeFact(before.startsAt, before.endsAt, c) : undefined;
  return {
    summary: [c.say('原名称', 'Was called'), changed(before?.summary, payload.summary)],
    time: [c.say('原时间', 'Was at'), changed(was, timeFact(payload.startsAt, payload.endsAt, c))],
    place: [c.say('原地点', 'Was in'), changed(before?.place, payload.place)],
  };
}

const actions = (payload: Invitation, c: MailContext): NonNullable<MailContent['actions']> => [
  { label: c.say('查看详情', 'See the details'), href: c.href(payload.link) },
];

const giveBack = (payload: Invitation, c: MailContext): string =>
  payload.kind === 'event'
    ? c.say(
        '不能参加时，请在平台“我的报名”中取消，把名额留给他人；无需回复本邮件。',
        'If you cannot come, cancel under “My registrations” so that somebody else can; there is no need to answer this mail.',
      )
    : c.say(
        '不能按时参加时，请尽早在平台“我的日程”中取消，以便通知对方；无需回复本邮件。',
        'If you cannot come, cancel under “My schedule” early so that the other side knows; there is no need to answer this mail.',
      );

export function invitationRequest(payload: Invitation, c: MailContext): MailContent {
  const meeting = payload.kind === 'meeting';
  return {
    subject: c.say(`邀请：${payload.summary}`, `Invitation: ${payload.summary}`),
    heading: meeting
      ? c.say('一对一洽谈已排定', 'Your 1:1 meeting is scheduled')
      : c.say('报名成功', 'You are registered'),
    paragraphs: [
      c.say(
        '请查收日程邀请，可直接加入您的日历；时间、地点有变动时会自动更新。',
        'This mail carries a calendar invitation: add it to your calendar, which follows later changes of time and place.',
      ),
    ],
    facts: facts(payload, c),
    actions: actions(payload, c),
    closing: giveBack(payload, c),
  };
}

export function invitationUpdate(payload: Invitation, c: MailContext): MailContent {
  const changed = Object.values(oldFacts(payload, c)).some(([, old]) => old !== null);
  return {
    subject: c.say(`更新：${payload.summary}`, `Updated: ${payload.summary}`),
    heading: c.say('日程有变动', 'Something changed'),
    paragraphs: [
      changed
        ? c.say(
            '以下安排有变动，请以本邮件为准。',
            'The following changed; what this mail says holds from now on.',
          )
        : c.say('说明文字有更新，时间和地点不变。', 'Only the details changed; time and place stay.'),
    ],
    facts: facts(payload, c),
    actions: actions(payload, c),
    closing: giveBack(payload, c),
  };
}

export function invitationCancel(payload: Invitation, c: MailContext): MailContent {
  const what = cancelHeading(payload, c);
  return {
    subject: c.say(`取消：${payload.summary}`, `Cancelled: ${payload.summary}`),
    heading: what,
    paragraphs: [
      c.say(
        '日历中的对应日程会随本邮件移除。以下为原安排：',
        'This mail removes it from your calendar. It was planned as follows:',
      ),
    ],
    facts: [[c.say('取消原因', 'Reason'), payload.note], ...facts({ ...payload, details: '' }, c)],
    actions: actions(payload, c),
  };
}

function cancelHeading(payload: Invitation, c: MailContext): string {
  if (payload.kind === 'meeting') return c.say('一对一洽谈已取消', 'The 1:1 meeting is off');
  return payload.cancelledWhole
    ? c.say('活动已取消', 'The event is cancelled')
    : c.say('您的报名已取消', 'Your registration is cancelled');
}
