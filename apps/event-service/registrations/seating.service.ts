import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { RegistrationStatus } from '#libs/persistence/entities/registration.entity.js';
import { cancelMeetingsOf } from '#libs/persistence/meetings/cancel-meetings.js';
import { syncAttendeeInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import {
  endRegistrations,
  type EndedRegistration,
  type Ending,
} from '#libs/persistence/registrations/end-registrations.js';
import { lockEvent, type LockedEvent } from '#libs/persistence/registrations/lock-event.js';
import { promoteWaiting } from '#libs/persistence/registrations/promote-waiting.js';
import {
  writeRegistrationMails,
  type RegistrationMail,
} from '#libs/persistence/registrations/write-registration-mails.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { offerFreedSlots } from '../meetings/offer-freed-slot.js';

interface EndAndMail extends Ending {
  readonly mail: RegistrationMail['topic'] | null;
  readonly mailPayload?: Record<string, unknown>;
}

export interface Seating {
  readonly manager: EntityManager;
  readonly event: LockedEvent;
  readonly now: Date;
  /** Notifications to wake after the commit; add to it. */
  readonly wake: string[];
}

/** Transactions that change who sits at an event: event locked first, waiting list promoted last, workers woken after. */
@Injectable()
export class SeatingService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  run<Result>(eventId: string, work: (seating: Seating) => Promise<Result>): Promise<Result> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const event = await lockEvent(manager, eventId);
      if (event === null) throw new AppError('record.not-found', { what: '活动' });
      const wake: string[] = [];
      const result = await work({ manager, event, now: this.clock.now(), wake });
      afterCommit(() => this.queue.wake('send-notification', wake));
      return result;
    });
  }

  /** Ends registrations and the meetings of their people, takes them out of calendars, tells their people and offers the seats to those who wait. */
  async end(seating: Seating, ending: EndAndMail): Promise<EndedRegistration[]> {
    const { manager, event, now, wake } = seating;
    const ended = await endRegistrations(manager, event, ending, now);
    if (ended.length === 0) return ended;
    const confirmed = ended.filter((row) => row.before === 'confirmed').map((row) => row.personId);
    const freed: string[] = [];
    for (const personId of confirmed) {
      const cancelled = await cancelMeetingsOf(manager, event.id, personId, now, ending.actorId);
      wake.push(...cancelled.wake);
      freed.push(...cancelled.freedIds);
    }
    // Once nobody who leaves waits for a slot any more.
    wake.push(...(await offerFreedSlots(manager, freed, now)));
    wake.push(...(await syncAttendeeInvitations(manager, event.id, confirmed, now)));
    if (ending.mail !== null) {
      const topic = ending.mail;
      // A calendar's CANCEL already tells those who had a place, but not why.
      const told = ended.filter((row) => row.before !== 'confirmed' || ending.note !== null);
      const mails = told.map(({ id }) => ({
        registrationId: id,
        topic,
        occasion: String(now.getTime()),
        payload: { note: ending.note, ...ending.mailPayload },
      }));
      wake.push(...(await writeRegistrationMails(manager, mails)));
    }
    wake.push(...(await promoteWaiting(manager, event.id, now)));
    return ended;
  }
}

/** The refusal of an action in a status, as the error table words it. */
export const notAllowed = (from: RegistrationStatus, action: string): AppError =>
  new AppError('transition.not-allowed', { from, action });
