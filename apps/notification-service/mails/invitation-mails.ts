import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import type { MailContent, MailContext } from './mail-content.js';
import { timeFact } from './registration-mails.js';

type Invitation = TopicPayload<'invitation-request'>;
type Facts = NonNullable<MailContent['facts']>;

/** The text alone says what, when, where and who (RFC 6047 §2.4): some readers never see the calendar part. */
function facts(payload: Invitation, c: MailContext): Facts {
  return [
    [c.say('内容', 'What'), payload.summary],
    [c.say('活动', 'Event'), payload.title === payload.summary ? null : payload.title],
    [c.say('时间', 'When'), timeFact(payload.startsAt, payload.endsAt, c)],
    [c.say('地点', 'Where'), payload.place],
    [c.say('主办', 'Host'), payload.host],
    [c.say('说明', 'Details'), payload.details],
  ];
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
  const changes = changedFacts(payload, c);
  return {
    subject: c.say(`更新：${payload.summary}`, `Updated: ${payload.summary}`),
    heading: c.say('日程有变动', 'Something changed'),
    paragraphs: [
      changes.length > 0
        ? c.say(
            '以下安排有变动，请以本邮件为准。',
            'The following changed; what this mail says holds from now on.',
          )
        : c.say('说明文字有更新，时间和地点不变。', 'Only the details changed; time and place stay.'),
    ],
    facts: [...changes, ...facts(payload, c)],
    actions: actions(payload, c),
    closing: giveBack(payload, c),
  };
}

function changedFacts(payload: Invitation, c: MailContext): Facts {
  const { before } = payload;
  if (before === null) return [];
  const oldTime = timeFact(before.startsAt, before.endsAt, c);
  const nothing = c.say('未定', 'none');
  const pairs: [string, string, string][] = [
    [c.say('原名称', 'Was called'), before.summary, payload.summary],
    [c.say('原时间', 'Was at'), oldTime, timeFact(payload.startsAt, payload.endsAt, c)],
    [c.say('原地点', 'Was in'), before.place || nothing, payload.place || nothing],
  ];
  return pairs.filter(([, old, now]) => old !== now).map(([label, old]) => [label, old] as const);
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
