import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import type { MailContent, MailContext } from './mail-content.js';

type Reviewed = TopicPayload<'need-returned'>;

const nouns = {
  need: { zh: '需求', en: 'need' },
  capability: { zh: '成果', en: 'capability' },
} as const;
type Noun = keyof typeof nouns;

const returned =
  (noun: Noun) =>
  (payload: Reviewed, c: MailContext): MailContent => {
    const word = c.say(nouns[noun].zh, nouns[noun].en);
    return {
      subject: c.say(`请补充${word}：${payload.title}`, `Your ${word} needs changes: ${payload.title}`),
      heading: payload.title,
      paragraphs: [
        c.say(
          `您提交的${word}暂未发布。请按审核意见补充后重新提交，已填写的内容都已保留。`,
          `The ${word} you submitted is not published yet. Change it as the reviewer asks and submit it again; everything you wrote was kept.`,
        ),
      ],
      facts: [[c.say('审核意见', 'Reviewer’s note'), payload.note]],
      actions: [{ label: c.say('去修改', 'Edit it'), href: c.href(payload.link) }],
    };
  };

const published =
  (noun: Noun) =>
  (payload: Reviewed, c: MailContext): MailContent => {
    const word = c.say(nouns[noun].zh, nouns[noun].en);
    return {
      subject: c.say(`${word}已发布：${payload.title}`, `Published: ${payload.title}`),
      heading: payload.title,
      paragraphs: [
        c.say(
          `您的${word}已通过审核并发布，平台正在为它寻找合适的对接方。有匹配结果后请及时答复是否感兴趣。`,
          `Your ${word} was reviewed and published; the platform is looking for counterparts. Please answer its matches soon.`,
        ),
      ],
      facts: [[c.say('审核意见', 'Reviewer’s note'), payload.note]],
      actions: [{ label: c.say('查看', 'See it'), href: c.href(payload.link) }],
    };
  };

export const needReturned = returned('need');
export const needPublished = published('need');
export const capabilityReturned = returned('capability');
export const capabilityPublished = published('capability');

export function needExpired(payload: TopicPayload<'need-expired'>, c: MailContext): MailContent {
  return {
    subject: c.say(`需求已过有效期：${payload.title}`, `Your need is no longer shown: ${payload.title}`),
    heading: payload.title,
    paragraphs: [
      c.say(
        '这项需求的信息有效期已过，平台不再展示，也不再为它匹配。如仍有需要，延长有效期后即重新发布，无需再次审核。',
        'Its last day is over: the need is no longer shown and no longer matched. If you still look for a solution, extend it; it is published again at once, without another review.',
      ),
    ],
    facts: [[c.say('有效期至', 'Valid until'), payload.expiresAt]],
    actions: [{ label: c.say('查看并延期', 'See and extend it'), href: c.href(payload.link) }],
  };
}

export function matchMutual(payload: TopicPayload<'match-mutual'>, c: MailContext): MailContent {
  return {
    subject: c.say(`双方都有意向：${payload.title}`, `Both sides are interested: ${payload.title}`),
    heading: c.say('双方都有意向', 'Both sides are interested'),
    paragraphs: [
      c.say(
        `您和“${payload.counterpart}”都表示有兴趣。现在可以查看对方的联系方式，也可以在对接活动中安排一对一洽谈。`,
        `You and ${payload.counterpart} are both interested. You can see each other’s contact details now, and meet 1:1 at an event.`,
      ),
    ],
    facts: [
      [c.say('项目', 'About'), payload.title],
      [c.say('对方', 'Counterpart'), payload.counterpart],
    ],
    actions: [{ label: c.say('查看对接详情', 'See the match'), href: c.href(payload.link) }],
  };
}
