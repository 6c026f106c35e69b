import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import type { MailContent, MailContext } from './mail-content.js';
import { timeFact } from './registration-mails.js';

/** What a person answered to one of our mails, for those who run the event. */
export function mailForwarded(payload: TopicPayload<'mail-forwarded'>, c: MailContext): MailContent {
  const writer = payload.fromName === '' ? payload.from : `${payload.fromName} <${payload.from}>`;
  const subject = payload.subject === '' ? c.say('（无主题）', '(no subject)') : payload.subject;
  return {
    subject: c.say(`转来信：${subject}`, `Forwarded: ${subject}`),
    heading: subject,
    paragraphs: [
      c.say(
        '有人回复了平台发出的邮件，这不是日程回复，请您阅看。直接回复对方请写信到下面的地址。',
        'Somebody answered a mail of the platform with words of their own. To answer, write to the address below.',
      ),
      payload.text,
    ],
    facts: [
      [c.say('来信人', 'From'), writer],
      [c.say('活动', 'Event'), payload.event],
    ],
    actions: [{ label: c.say('在平台查看', 'See it on the platform'), href: c.href(payload.link) }],
  };
}

/** Answer to a proposed time, for readers whose calendar cannot show DECLINECOUNTER (Outlook cannot). */
export function proposalDeclined(payload: TopicPayload<'proposal-declined'>, c: MailContext): MailContent {
  const { startsAt, endsAt } = payload;
  return {
    subject: c.say(`时间不变：${payload.event}`, `The time stays: ${payload.event}`),
    heading: c.say('您建议的时间未被采纳', 'The time you proposed was not taken'),
    paragraphs: [
      c.say(
        '感谢您的建议。活动仍按原定时间举行，如届时不便参加，请在日历或报名页面中告知我们。',
        'Thank you for the proposal. The event takes place when it was planned; tell us in your calendar or on the registration’s page if you cannot come.',
      ),
    ],
    facts: [
      [c.say('原定时间', 'When'), startsAt && endsAt ? timeFact(startsAt, endsAt, c) : null],
      [c.say('您的建议', 'Your proposal'), timeFact(payload.proposedStartsAt, payload.proposedEndsAt, c)],
      [c.say('组织方说明', 'The organizers’ note'), payload.note],
    ],
    actions: payload.link ? [{ label: c.say('查看活动', 'See the event'), href: c.href(payload.link) }] : [],
  };
}
