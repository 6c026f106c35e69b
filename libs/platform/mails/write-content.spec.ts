import { TOPICS, topics, type Topic, type TopicPayload } from '#libs/contracts/notifications/topics.js';
import { mailContext } from './mail-content.js';
import { renderHtml, renderText } from './render-content.js';
import { writeContent } from './write-content.js';

const event = {
  event: '海洋装备对接会',
  startsAt: '2026-12-01T06:00:00.000Z',
  endsAt: '2026-12-01T09:00:00.000Z',
  place: '创新中心 301',
  link: '/registrations/1',
};
const reviewed = { title: '高温合金焊接', note: '请补充指标', link: '/needs/1' };
const invitation = {
  kind: 'event' as const,
  title: '海洋装备对接会',
  host: '区科技局',
  link: '/events/1',
  note: '台风',
  details: '签到码：AB12',
  cancelledWhole: true,
  summary: '海洋装备对接会',
  startsAt: event.startsAt,
  endsAt: event.endsAt,
  place: '创新中心 301',
  before: null,
};

const samples: { readonly [T in Topic]: TopicPayload<T> } = {
  'verify-email': { link: '/verify-email?token=t' },
  'reset-password': { link: '/reset-password?token=t' },
  'join-organisation': { link: '/join?token=t', organisation: '海洋所', inviter: '王工' },
  'already-registered': { link: '/sign-in' },
  'organisation-verified': {
    organisation: '海洋所',
    outcome: 'rejected',
    note: '名称不符',
    link: '/organisations/1',
  },
  'need-returned': reviewed,
  'need-published': reviewed,
  'need-expired': { title: '高温合金焊接', expiresAt: '2026-11-22', link: '/needs/1' },
  'capability-returned': reviewed,
  'capability-published': reviewed,
  'registration-pending': event,
  'registration-waitlisted': { ...event, position: 3 },
  'registration-offer': {
    ...event,
    acceptLink: '/registrations/1?accept=1',
    declineLink: '/registrations/1?decline=1',
    expiresAt: '2026-11-23T06:00:00.000Z',
  },
  'registration-rejected': { ...event, note: '名额有限' },
  'registration-cancelled': { ...event, note: '本人取消' },
  'registration-expired': { ...event, because: 'not-decided' },
  'registration-event-cancelled': { ...event, note: '台风' },
  'registration-event-moved': {
    ...event,
    before: { startsAt: '2026-11-24T06:00:00.000Z', endsAt: '2026-11-24T08:00:00.000Z', place: '会展中心' },
  },
  'event-reminder': { ...event, anchor: 'start', minutes: -60, note: '请携带证件', online: '/events/1' },
  'proposal-declined': {
    ...event,
    proposedStartsAt: '2026-11-24T06:00:00.000Z',
    proposedEndsAt: '2026-11-24T08:00:00.000Z',
    note: '场地已定',
  },
  'mail-forwarded': {
    from: 'wang@institute.example',
    fromName: '王工',
    subject: '能带一位同事吗？',
    text: '您好，能带一位同事参加吗？',
    event: '海洋装备对接会',
    link: '/organizer/inbound-mails/1',
  },
  'match-digest': {
    until: '2026-11-22T00:00:00.000Z',
    total: 3,
    items: [
      { side: 'need', title: '高温合金焊接', count: 2, best: 0.71, link: '/matches/need/1?sort=newest' },
      {
        side: 'capability',
        title: '激光熔覆',
        count: 1,
        best: 0.4,
        link: '/matches/capability/2?sort=newest',
      },
    ],
    more: 0,
    link: '/matches',
  },
  'meeting-request': {
    ...event,
    state: 'proposed',
    counterpart: '海洋所',
    note: '下午方便',
    answerBy: event.startsAt,
  },
  'match-mutual': { title: '高温合金焊接', counterpart: '海洋所', link: '/matches/need/1' },
  'invitation-request': invitation,
  'invitation-update': {
    ...invitation,
    before: { summary: '旧名称', startsAt: '2026-11-30T06:00:00.000Z', endsAt: event.endsAt, place: '' },
  },
  'invitation-cancel': invitation,
};

const locales = ['zh-CN', 'en'] as const;
const cases = TOPICS.flatMap((topic) => locales.map((locale) => [topic, locale] as const));

test.each(cases)('%s in %s is a whole mail with absolute links', (topic, locale) => {
  const context = mailContext(locale, 'https://duijie.example/base');
  const content = writeContent(topic, samples[topic], context);
  const text = renderText(content, context);
  const html = renderHtml(content, context);
  expect(content.subject.trim()).not.toBe('');
  for (const word of [text, html, content.subject]) expect(word).not.toMatch(/undefined|null|NaN|\[object/);
  const actions = content.actions ?? [];
  expect(actions.length).toBeGreaterThan(0);
  for (const { href } of actions) {
    expect(href).toMatch(/^https:\/\/duijie\.example\//);
    expect(text).toContain(href);
    expect(html).toContain(`href="${href.replaceAll('&', '&amp;')}"`);
  }
  // Chinese words in an English mail come from data only: the fixed words hold none.
  if (locale === 'en') expect(fixedWords(content.subject + text, topic)).not.toMatch(/[\u4e00-\u9fff]/);
});

/** What is left when the words of the sample are taken out. */
function fixedWords(text: string, topic: Topic): string {
  const words = JSON.stringify(samples[topic]).match(/"[^"]*"/g) ?? [];
  return words.reduce((rest, word) => rest.replaceAll(word.slice(1, -1), ''), text);
}

test('an offer says until when, in both languages', () => {
  const say = (locale: 'zh-CN' | 'en') => {
    const context = mailContext(locale, 'https://duijie.example');
    return renderText(writeContent('registration-offer', samples['registration-offer'], context), context);
  };
  expect(say('zh-CN')).toContain('名额为您保留到 2026年11月23日(周一) 14:00（北京时间）');
  expect(say('en')).toContain('It is kept for you until Mon, 23 Nov 2026, 14:00 (UTC+8).');
});

test('an update says what it replaces, and only that', () => {
  const context = mailContext('zh-CN', 'https://duijie.example');
  const content = writeContent('invitation-update', samples['invitation-update'], context);
  expect(content.facts?.filter(([label, value]) => label.startsWith('原') && value)).toEqual([
    ['原名称', '旧名称'],
    ['原时间', '2026年11月30日(周一) 14:00 – 2026年12月1日(周二) 17:00（北京时间）'],
    ['原地点', '未定'],
  ]);
});

test('words of people cannot become markup', () => {
  const context = mailContext('zh-CN', 'https://duijie.example');
  const title = `<script>alert("x")</script>'&`;
  const html = renderHtml(
    writeContent('need-returned', { ...reviewed, title, note: title }, context),
    context,
  );
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;');
});

test('a topic or payload that is unknown is an error that names it', () => {
  const context = mailContext('zh-CN', 'https://duijie.example');
  expect(() => writeContent('toString', {}, context)).toThrow('No template for topic toString.');
  expect(() => writeContent('verify-email', {}, context)).toThrow('The payload of verify-email does not fit');
  expect(Object.keys(samples).sort()).toEqual(Object.keys(topics).sort());
});

test('links of an English mail open English pages', () => {
  const link = '/join?token=a_b-c';
  expect(mailContext('zh-CN', 'https://duijie.example').href(link)).toBe(
    'https://duijie.example/join?token=a_b-c',
  );
  expect(mailContext('en', 'https://duijie.example').href(link)).toBe(
    'https://duijie.example/join?token=a_b-c&lang=en',
  );
});
