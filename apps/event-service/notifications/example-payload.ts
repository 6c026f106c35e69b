import type { Topic } from '#libs/contracts/notifications/topics.js';

const DAY_MS = 24 * 3_600_000;

/** A payload of a topic about an event that does not exist, to see and test words with. */
export function examplePayload(topic: Topic, locale: 'zh-CN' | 'en', now: Date): Record<string, unknown> {
  const say = (zh: string, en: string) => (locale === 'en' ? en : zh);
  const startsAt = new Date(now.getTime() + 7 * DAY_MS).toISOString();
  const endsAt = new Date(now.getTime() + 7 * DAY_MS + 3 * 3_600_000).toISOString();
  const title = say('示例活动：海洋装备对接会', 'Example: marine equipment matchmaking');
  const place = say('创新中心 301', 'Innovation Centre, room 301');
  const invitation = {
    kind: 'event',
    title,
    summary: title,
    host: say('区科技局', 'District science bureau'),
    link: '/events',
    note: say('因台风影响', 'because of a typhoon'),
    details: '',
    startsAt,
    endsAt,
    place,
    cancelledWhole: true,
    before: null,
  };
  if (topic.startsWith('invitation-')) {
    const before = { summary: title, startsAt: now.toISOString(), endsAt, place };
    return topic === 'invitation-update' ? { ...invitation, before } : invitation;
  }
  return {
    event: title,
    startsAt,
    endsAt,
    place,
    link: '/my/registrations',
    note: say('名额有限', 'no places left'),
    position: 3,
    acceptLink: '/my/registrations',
    expiresAt: new Date(now.getTime() + 2 * DAY_MS).toISOString(),
    because: 'offer-unanswered',
    anchor: 'start',
    minutes: -60,
  };
}
