import { z } from 'zod';
import { topics, type Topic, type TopicPayload } from '#libs/contracts/notifications/topics.js';
import * as account from './account-mails.js';
import * as inbound from './inbound-mails.js';
import * as invitations from './invitation-mails.js';
import type { MailContent, MailContext } from './mail-content.js';
import * as market from './market-mails.js';
import * as matches from './match-mails.js';
import * as meetings from './meeting-mails.js';
import * as registrations from './registration-mails.js';

type Templates = {
  readonly [T in Topic]: (payload: TopicPayload<T>, context: MailContext) => MailContent;
};

const templates: Templates = {
  'verify-email': account.verifyEmail,
  'reset-password': account.resetPassword,
  'join-organisation': account.joinOrganisation,
  'already-registered': account.alreadyRegistered,
  'organisation-verified': account.organisationVerified,
  'need-returned': market.needReturned,
  'need-published': market.needPublished,
  'need-expired': market.needExpired,
  'capability-returned': market.capabilityReturned,
  'capability-published': market.capabilityPublished,
  'match-mutual': market.matchMutual,
  'match-digest': matches.matchDigest,
  'registration-pending': registrations.registrationPending,
  'registration-waitlisted': registrations.registrationWaitlisted,
  'registration-offer': registrations.registrationOffer,
  'registration-rejected': registrations.registrationRejected,
  'registration-cancelled': registrations.registrationCancelled,
  'registration-expired': registrations.registrationExpired,
  'registration-event-cancelled': registrations.eventCancelled,
  'registration-event-moved': registrations.eventMoved,
  'meeting-request': meetings.meetingRequest,
  'mail-forwarded': inbound.mailForwarded,
  'proposal-declined': inbound.proposalDeclined,
  'event-reminder': registrations.eventReminder,
  'invitation-request': invitations.invitationRequest,
  'invitation-update': invitations.invitationUpdate,
  'invitation-cancel': invitations.invitationCancel,
};

const isTopic = (topic: string): topic is Topic => Object.hasOwn(topics, topic);

/** The words of a mail. Throws when the topic is unknown or the payload does not fit its schema. */
export function writeContent(topic: string, payload: unknown, context: MailContext): MailContent {
  if (!isTopic(topic)) throw new Error(`No template for topic ${topic}.`);
  return fill(topic, payload, context);
}

function fill<T extends Topic>(topic: T, payload: unknown, context: MailContext): MailContent {
  const parsed = topics[topic].safeParse(payload);
  if (!parsed.success)
    throw new Error(`The payload of ${topic} does not fit: ${z.prettifyError(parsed.error)}`);
  return templates[topic](parsed.data as TopicPayload<T>, context);
}
