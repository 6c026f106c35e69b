import type { MailContent, MailContext } from './mail-content.js';
import { writeContent } from './write-content.js';

/** Several messages as one: a line for each that leads to its first action. */
export function digestContent(
  rows: readonly { readonly topic: string; readonly payload: unknown }[],
  c: MailContext,
): MailContent {
  const contents = rows.map((row) => writeContent(row.topic, row.payload, c));
  const count = contents.length;
  return {
    subject: c.say(`汇总：${count} 条消息`, count === 1 ? 'Digest: 1 message' : `Digest: ${count} messages`),
    heading: c.say('消息汇总', 'Your digest'),
    paragraphs: [],
    items: contents.map((content) => ({
      text: content.subject,
      href: content.actions?.[0]?.href ?? c.href('/messages'),
    })),
    actions: [{ label: c.say('查看全部消息', 'See all messages'), href: c.href('/messages') }],
    closing: c.say(
      '您选择了每日汇总。可在“通知设置”中更改。',
      'You chose a daily digest; change it in the notification settings.',
    ),
  };
}
