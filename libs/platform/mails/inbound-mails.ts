import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import type { MailContent, MailContext } from './mail-content.js';

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
