import {
  CHOICES,
  choiceOf,
  choicesFor,
  cleanChoices,
  groupOf,
  PERSONAL_CHANNELS,
  TOPIC_GROUPS,
} from './channel-choices.js';

test.each([
  ['invitation-update', 'invitations'],
  ['event-reminder', 'reminders'],
  ['registration-offer', 'registrations'],
  ['match-digest', 'matches'],
  ['capability-returned', 'market'],
  ['reset-password', 'account'],
  ['organisation-verified', 'account'],
])('%s is of %s', (topic, group) => {
  expect(groupOf(topic)).toBe(group);
});

test('one-time links never leave the mailbox, and calendars are always kept right', () => {
  const pushed = { mail: 'off', 'in-app': 'now', sms: 'now', 'wecom-app': 'now' } as const;
  expect(PERSONAL_CHANNELS.map((channel) => choiceOf({ account: pushed }, 'account', channel))).toEqual([
    'now',
    'off',
    'off',
    'off',
  ]);
  expect(choiceOf({ invitations: { mail: 'off' } }, 'invitations', 'mail')).toBe('now');
});

test('only what differs from the default is kept', () => {
  expect(
    cleanChoices({
      account: { mail: 'off' },
      market: { mail: 'digest', 'in-app': 'now', sms: 'digest' },
      matches: { mail: 'off', 'wecom-app': 'digest' },
    }),
  ).toEqual({ market: { mail: 'digest' }, matches: { mail: 'off', 'wecom-app': 'digest' } });
});

test('every cell has a default that is a choice', () => {
  for (const group of TOPIC_GROUPS)
    for (const channel of PERSONAL_CHANNELS) {
      const allowed = choicesFor(group, channel);
      expect(allowed.length > 0 && allowed.every((choice) => CHOICES.includes(choice))).toBe(true);
    }
});
