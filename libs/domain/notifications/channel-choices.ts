/** What a person can be told through. Mail and in-app reach everybody; the others once an address is known. */
export const PERSONAL_CHANNELS = ['mail', 'in-app', 'sms', 'wecom-app'] as const;
export type PersonalChannel = (typeof PERSONAL_CHANNELS)[number];

export const TOPIC_GROUPS = [
  'account',
  'invitations',
  'registrations',
  'reminders',
  'market',
  'matches',
] as const;
export type TopicGroup = (typeof TOPIC_GROUPS)[number];

export const CHOICES = ['now', 'digest', 'off'] as const;
export type Choice = (typeof CHOICES)[number];

/** `{group: {channel: choice}}`; what is not there is as by default. */
export type Choices = { readonly [Group in TopicGroup]?: { readonly [Channel in PersonalChannel]?: Choice } };

export function groupOf(topic: string): TopicGroup {
  if (topic.startsWith('invitation-')) return 'invitations';
  if (topic === 'event-reminder') return 'reminders';
  if (topic.startsWith('registration-') || topic.startsWith('meeting-')) return 'registrations';
  if (topic.startsWith('match-')) return 'matches';
  if (topic.startsWith('need-') || topic.startsWith('capability-')) return 'market';
  return 'account';
}

/** What can wait for a digest without harm: nothing that somebody has to act upon in time, and no calendar part. */
const CAN_WAIT: readonly TopicGroup[] = ['market', 'matches'];

/**
 * What may be chosen, the default first. Mails about the account, and the invitations that keep calendars right, always
 * leave; one-time links of the account go nowhere but to the mailbox that they prove.
 */
export function choicesFor(group: TopicGroup, channel: PersonalChannel): readonly Choice[] {
  if (group === 'account') return channel === 'mail' ? ['now'] : ['off'];
  if (channel === 'mail') {
    if (group === 'invitations') return ['now'];
    return CAN_WAIT.includes(group) ? ['now', 'digest', 'off'] : ['now', 'off'];
  }
  if (channel === 'in-app') return ['now', 'off'];
  if (channel === 'wecom-app' && CAN_WAIT.includes(group)) return ['off', 'now', 'digest'];
  return ['off', 'now'];
}

/** Groups whose mails one may do without: those that unsubscribing ends. */
export function endableMails(): TopicGroup[] {
  return TOPIC_GROUPS.filter((group) => choicesFor(group, 'mail').includes('off'));
}

/** A person's choice, or the default when they have none or it is not allowed (any more). */
export function choiceOf(choices: Choices, group: TopicGroup, channel: PersonalChannel): Choice {
  const allowed = choicesFor(group, channel);
  const chosen = choices[group]?.[channel];
  return chosen !== undefined && allowed.includes(chosen) ? chosen : allowed[0]!;
}

/** Only what is allowed and differs from the default: what is stored. */
export function cleanChoices(choices: Choices): Choices {
  const entries = TOPIC_GROUPS.map((group) => {
    const own = PERSONAL_CHANNELS.filter(
      (channel) => choiceOf(choices, group, channel) !== choicesFor(group, channel)[0],
    ).map((channel) => [channel, choiceOf(choices, group, channel)] as const);
    return [group, Object.fromEntries(own)] as const;
  });
  return Object.fromEntries(entries.filter(([, own]) => Object.keys(own).length > 0));
}
