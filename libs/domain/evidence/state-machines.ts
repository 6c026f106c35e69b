import { stateMachine } from './state-machine.js';

export const eventMachine = stateMachine({
  name: 'event',
  states: ['draft', 'published', 'registration_closed', 'held', 'archived', 'cancelled'],
  initial: ['draft'],
  transitions: [
    { action: 'publish', from: ['draft'], to: 'published' },
    { action: 'close_registration', from: ['published'], to: 'registration_closed' },
    { action: 'reopen_registration', from: ['registration_closed'], to: 'published' },
    { action: 'hold', from: ['registration_closed'], to: 'held' },
    { action: 'archive', from: ['held'], to: 'archived' },
    { action: 'cancel', from: ['draft', 'published', 'registration_closed'], to: 'cancelled' },
  ],
});

export const needMachine = stateMachine({
  name: 'need',
  states: [
    'draft',
    'submitted',
    'returned',
    'published',
    'engaged',
    'contracted',
    'accepted',
    'closed',
    'withdrawn',
    'expired',
  ],
  initial: ['draft'],
  transitions: [
    { action: 'submit', from: ['draft', 'returned', 'withdrawn', 'expired'], to: 'submitted' },
    { action: 'return', from: ['submitted'], to: 'returned' },
    { action: 'publish', from: ['submitted'], to: 'published' },
    { action: 'engage', from: ['published'], to: 'engaged' },
    { action: 'disengage', from: ['engaged'], to: 'published' },
    { action: 'contract', from: ['engaged'], to: 'contracted' },
    // A terminated contract: the need is still open and talks may go on.
    { action: 'terminate_contract', from: ['contracted'], to: 'engaged' },
    { action: 'accept', from: ['contracted'], to: 'accepted' },
    { action: 'close', from: ['published', 'engaged', 'contracted', 'accepted'], to: 'closed' },
    { action: 'withdraw', from: ['draft', 'submitted', 'returned', 'published', 'engaged'], to: 'withdrawn' },
    { action: 'expire', from: ['published'], to: 'expired' },
    // With a later last day; the text was reviewed when it was published.
    { action: 'extend', from: ['expired'], to: 'published' },
  ],
});

export const capabilityMachine = stateMachine({
  name: 'capability',
  states: ['draft', 'submitted', 'returned', 'published', 'withdrawn', 'expired'],
  initial: ['draft'],
  transitions: [
    { action: 'submit', from: ['draft', 'returned', 'withdrawn', 'expired'], to: 'submitted' },
    { action: 'return', from: ['submitted'], to: 'returned' },
    { action: 'publish', from: ['submitted'], to: 'published' },
    { action: 'withdraw', from: ['draft', 'submitted', 'returned', 'published'], to: 'withdrawn' },
    { action: 'expire', from: ['published'], to: 'expired' },
  ],
});

export const registrationMachine = stateMachine({
  name: 'registration',
  states: ['pending', 'confirmed', 'waitlisted', 'offered', 'rejected', 'cancelled', 'expired'],
  initial: ['pending', 'confirmed', 'waitlisted'],
  transitions: [
    { action: 'approve', from: ['pending'], to: 'confirmed' },
    { action: 'put_on_waiting_list', from: ['pending'], to: 'waitlisted' },
    { action: 'reject', from: ['pending', 'waitlisted'], to: 'rejected' },
    { action: 'offer', from: ['waitlisted'], to: 'offered' },
    { action: 'accept_offer', from: ['offered'], to: 'confirmed' },
    { action: 'cancel', from: ['pending', 'confirmed', 'waitlisted'], to: 'cancelled' },
    { action: 'decline_offer', from: ['offered'], to: 'cancelled' },
    { action: 'expire', from: ['pending', 'waitlisted', 'offered'], to: 'expired' },
  ],
});

export const dealMachine = stateMachine({
  name: 'deal',
  states: ['lead', 'intent', 'negotiation', 'signed', 'paid', 'stalled', 'terminated'],
  initial: ['lead'],
  transitions: [
    { action: 'record_intent', from: ['lead'], to: 'intent' },
    { action: 'negotiate', from: ['intent'], to: 'negotiation' },
    { action: 'sign', from: ['negotiation'], to: 'signed' },
    { action: 'record_payment', from: ['signed'], to: 'paid' },
    { action: 'stall', from: ['lead', 'intent', 'negotiation', 'signed'], to: 'stalled' },
    // Which of these is allowed for one deal is the stage it stalled in, which its history tells.
    { action: 'resume', from: ['stalled'], to: 'lead' },
    { action: 'resume', from: ['stalled'], to: 'intent' },
    { action: 'resume', from: ['stalled'], to: 'negotiation' },
    { action: 'resume', from: ['stalled'], to: 'signed' },
    { action: 'terminate', from: ['lead', 'intent', 'negotiation', 'signed', 'stalled'], to: 'terminated' },
  ],
});

export const meetingMachine = stateMachine({
  name: 'meeting',
  states: ['requested', 'scheduled', 'cancelled', 'held', 'no_show'],
  initial: ['requested', 'scheduled'],
  transitions: [
    { action: 'schedule', from: ['requested', 'cancelled'], to: 'scheduled' },
    { action: 'unschedule', from: ['scheduled'], to: 'requested' },
    { action: 'cancel', from: ['requested', 'scheduled'], to: 'cancelled' },
    // Either outcome may be corrected into the other: it is tapped in at the table.
    { action: 'mark_held', from: ['scheduled', 'no_show'], to: 'held' },
    { action: 'mark_no_show', from: ['scheduled', 'held'], to: 'no_show' },
    // Soon after a slip of the finger, before anything was built on it.
    { action: 'undo_outcome', from: ['held', 'no_show'], to: 'scheduled' },
  ],
});

export const notificationMachine = stateMachine({
  name: 'notification',
  states: ['queued', 'sent', 'failed', 'cancelled'],
  initial: ['queued'],
  transitions: [
    { action: 'confirm', from: ['queued'], to: 'sent' },
    { action: 'give_up', from: ['queued'], to: 'failed' },
    { action: 'resend', from: ['failed'], to: 'queued' },
    { action: 'cancel', from: ['queued', 'failed'], to: 'cancelled' },
  ],
});
