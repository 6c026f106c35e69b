import { formatShanghaiInstant } from '#libs/domain/time/shanghai-time.js';
import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import type { MailContent, MailContext } from './mail-content.js';
import { timeFact } from './registration-mails.js';

type Payload = TopicPayload<'meeting-request'>;

const WORDS: Record<
  Payload['state'],
  { readonly zh: string; readonly en: string; readonly zhText: string; readonly enText: string }
> = {
  asked: {
    zh: '邀您洽谈',
    en: 'asks you for a meeting',
    zhText: '请在答复期限前接受、婉拒或提出其他时间，逾期自动失效。',
    enText: 'Accept, decline or propose another time until the day given; after it the request expires.',
  },
  proposed: {
    zh: '提出了其他时间',
    en: 'proposes another time',
    zhText: '请在答复期限前接受、婉拒或再提时间，逾期自动失效。',
    enText: 'Accept, decline or propose yet another time until the day given; after it the request expires.',
  },
  accepted: {
    zh: '接受了您的洽谈邀约',
    en: 'accepted your request for a meeting',
    zhText: '已约定时间的，日历邀请随后发出；未约定时间的由组织方安排。',
    enText: 'An agreed time comes as a calendar invitation; otherwise the organizers set one.',
  },
  declined: {
    zh: '未接受洽谈邀约',
    en: 'declined the meeting',
    zhText: '这次邀约已结束。',
    enText: 'This request is closed.',
  },
  withdrawn: {
    zh: '撤回了洽谈邀约',
    en: 'withdrew the request for a meeting',
    zhText: '您无需再答复。',
    enText: 'You need not answer it any more.',
  },
  expired: {
    zh: '洽谈邀约已过期',
    en: 'the request for a meeting expired',
    zhText: '在答复期限内没有答复，邀约已自动失效。如仍有意，可再次发出。',
    enText: 'Nobody answered in time. Send a new one if you still want to meet.',
  },
  'slot-offered': {
    zh: '有空出的时段可以洽谈',
    en: 'a slot is free for your meeting',
    zhText: '有一场洽谈未能进行。双方都接受后即可入座，时间以下列为准；不接受不影响您已有的安排。',
    enText:
      'Another meeting does not take place. Take your seats once both accept; declining changes nothing.',
  },
};

export function meetingRequest(payload: Payload, c: MailContext): MailContent {
  const { state, counterpart, event, startsAt, endsAt, place, note, answerBy, link } = payload;
  const words = WORDS[state];
  const heading = c.say(`${counterpart}：${words.zh}`, `${counterpart}: ${words.en}`);
  return {
    subject: `${heading} — ${event}`,
    heading,
    paragraphs: [c.say(words.zhText, words.enText)],
    facts: [
      [c.say('活动', 'Event'), event],
      [c.say('时间', 'When'), startsAt && endsAt ? timeFact(startsAt, endsAt, c) : null],
      [c.say('地点', 'Where'), place],
      [c.say('留言', 'Message'), note],
      [
        c.say('答复期限', 'Answer until'),
        answerBy ? formatShanghaiInstant(new Date(answerBy), c.locale) : null,
      ],
    ],
    actions: [{ label: c.say('查看并答复', 'See and answer'), href: c.href(link ?? '/my/schedule') }],
  };
}
