import type { EntityManager } from 'typeorm';
import type { AudienceView } from '#libs/contracts/notifications/reminders.js';
import {
  choiceOf,
  choicesFor,
  groupOf,
  type Choices,
  type PersonalChannel,
} from '#libs/domain/notifications/channel-choices.js';
import { DEFAULT_PREFERENCES } from '#libs/domain/notifications/preferences.js';

interface Person {
  readonly name: string;
  readonly phone: string | null;
  readonly choices: Choices | null;
  readonly wecomUserId: string | null;
}

const TOPICS = ['invitation-update', 'invitation-cancel', 'event-reminder'] as const;
const SAMPLE = 20;

/**
 * Who would get what if the event were changed, called off or near: people with a confirmed place, as they chose.
 * `offered`: channels that the platform has.
 */
export async function readAudience(
  manager: EntityManager,
  eventId: string,
  offered: readonly PersonalChannel[],
): Promise<AudienceView> {
  const people = await manager.query<Person[]>(
    `SELECT p.name, p.phone, c.choices, c.wecom_user_id AS "wecomUserId"
     FROM registration r JOIN person p ON p.id = r.person_id LEFT JOIN notification_preference c ON c.person_id = p.id
     WHERE r.event_id = $1 AND r.status = 'confirmed' ORDER BY p.name, p.id`,
    [eventId],
  );
  const robots = await manager.query<AudienceView['robots']>(
    `SELECT name, kind, topics FROM channel_endpoint WHERE enabled AND organisation_id IS NULL AND topics && $1 ORDER BY id`,
    [TOPICS],
  );
  const rows = TOPICS.flatMap((topic) =>
    offered
      .filter((channel) => choicesFor(groupOf(topic), channel).some((choice) => choice !== 'off'))
      .map((channel) => ({ topic, channel, ...countChoices(people, topic, channel) })),
  );
  const sample = people.slice(0, SAMPLE).map((person) => ({
    name: person.name,
    channels: offered.filter((channel) => heardThrough(person, 'invitation-update', channel) !== 'off'),
  }));
  return { people: people.length, rows, robots, sample };
}

function heardThrough(person: Person, topic: string, channel: PersonalChannel): 'now' | 'digest' | 'off' {
  if (channel === 'sms' && !person.phone) return 'off';
  if (channel === 'wecom-app' && !person.wecomUserId) return 'off';
  return choiceOf(person.choices ?? DEFAULT_PREFERENCES.choices, groupOf(topic), channel);
}

function countChoices(people: readonly Person[], topic: string, channel: PersonalChannel) {
  const counts = { now: 0, later: 0, off: 0 };
  for (const person of people) {
    const heard = heardThrough(person, topic, channel);
    counts[heard === 'digest' ? 'later' : heard] += 1;
  }
  return counts;
}
