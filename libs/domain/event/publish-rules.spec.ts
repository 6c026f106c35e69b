import { brokenLastingRules, brokenPublishRules, type PublishableEvent } from './publish-rules.js';

const at = (time: string) => new Date(`2026-06-01T${time}:00Z`);
const now = at('00:00');
const ready: PublishableEvent = {
  title: '对接会',
  kind: 'matchmaking',
  startsAt: at('06:00'),
  endsAt: at('10:00'),
  capacity: 40,
  registrationOpensAt: null,
  registrationClosesAt: at('05:00'),
  slotMinutes: 20,
  slotsStartAt: at('07:00'),
  slotsEndAt: at('09:00'),
};

test('a complete event breaks no rule', () => {
  expect(brokenPublishRules(ready, 3, now)).toEqual([]);
});

test.each<[Partial<PublishableEvent>, string, string]>([
  [{ title: ' ' }, 'title', 'title-missing'],
  [{ kind: '' }, 'kind', 'kind-missing'],
  [{ capacity: 0 }, 'capacity', 'capacity-missing'],
  [{ registrationOpensAt: at('05:00') }, 'registrationClosesAt', 'window-reversed'],
  [
    { registrationOpensAt: at('06:00'), registrationClosesAt: null },
    'registrationOpensAt',
    'window-after-start',
  ],
  [{ registrationClosesAt: at('10:01') }, 'registrationOpensAt', 'window-after-start'],
  [{ registrationClosesAt: now }, 'registrationClosesAt', 'window-over'],
  [{ slotMinutes: null }, 'slotMinutes', 'slots-missing'],
  [{ kind: 'forum', slotsEndAt: null }, 'slotMinutes', 'slots-missing'],
  [{ slotsStartAt: at('05:59') }, 'slotsStartAt', 'slots-outside'],
  [{ slotsEndAt: at('10:01') }, 'slotsStartAt', 'slots-outside'],
  [{ slotsEndAt: at('07:19') }, 'slotsEndAt', 'slots-too-short'],
])('%o breaks one rule', (change, field, rule) => {
  expect(brokenPublishRules({ ...ready, ...change }, 3, now)).toEqual([{ field, rule }]);
});

test('an event in the past, without tables, that ends before it starts', () => {
  const event = {
    ...ready,
    kind: 'forum',
    slotMinutes: null,
    startsAt: now,
    endsAt: now,
    registrationClosesAt: null,
  };
  expect(brokenPublishRules(event, 0, now).map(({ rule }) => rule)).toEqual([
    'starts-in-past',
    'ends-before-start',
  ]);
  expect(brokenPublishRules(ready, 0, now).map(({ rule }) => rule)).toEqual(['tables-missing']);
});

test('once published, time may pass without breaking a rule', () => {
  expect(brokenLastingRules(ready, 3)).toEqual([]);
  expect(brokenPublishRules(ready, 3, at('23:00')).map(({ rule }) => rule)).toEqual([
    'starts-in-past',
    'window-over',
  ]);
});
