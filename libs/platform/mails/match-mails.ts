import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import type { MailContent, MailContext } from './mail-content.js';

const percent = (score: number): string => `${Math.round(score * 100)}%`;

/** New matches of a person's records since their last digest. */
export function matchDigest(payload: TopicPayload<'match-digest'>, c: MailContext): MailContent {
  const { total, items, more } = payload;
  const noun = (side: 'need' | 'capability') =>
    side === 'need' ? c.say('需求', 'Need') : c.say('成果', 'Capability');
  const matches = (count: number) => (count === 1 ? '1 new match' : `${count} new matches`);
  return {
    subject: c.say(`有 ${total} 条新匹配等您答复`, `${matches(total)} for you to answer`),
    heading: c.say('新的匹配', 'New matches'),
    paragraphs: [
      c.say(
        '平台为您的需求和成果找到了新的对接方。请查看匹配理由，答复是否感兴趣；您的答复会让后续匹配更准确。',
        'The platform found new counterparts for your records. See why they match and say whether you are interested: every answer improves the next matches.',
      ),
      ...(more > 0
        ? [c.say(`另有 ${more} 项也有新匹配。`, `${more} more of your records have new matches.`)]
        : []),
    ],
    facts: items.map((item) => [
      `${noun(item.side)}${c.say('：', ': ')}${item.title}`,
      c.say(
        `${item.count} 条，最高匹配度 ${percent(item.best)}`,
        `${matches(item.count)}, best ${percent(item.best)}`,
      ),
    ]),
    actions: [
      { label: c.say('查看匹配', 'See the matches'), href: c.href(payload.link) },
      ...(items.length === 1 ? [{ label: items[0]!.title, href: c.href(items[0]!.link) }] : []),
    ],
    closing: c.say(
      '每天最多发送一封，没有新匹配时不发送。',
      'At most one a day, and none on days without new matches.',
    ),
  };
}
