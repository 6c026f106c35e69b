import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '#config/config.js';
import type { MailFacts } from '#libs/domain/calendar/inbound/mail-facts.js';
import { storableText } from '#libs/domain/calendar/inbound/storable-text.js';
import { waitingInboundMails } from '#libs/persistence/inbound/store-inbound-mail.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { decideMail } from './decide-mail.js';
import { plainOutcome, type MailOutcome, type WaitingMail } from './mail-outcome.js';
import { MailNotReadableError, MailParser } from './mail-parser.js';

const MAX_ATTEMPTS = 5;
const SWEEP_ROWS = 200;

/** Reads kept mails: takes each apart once, decides and writes everything that follows in one transaction. */
@Injectable()
export class ReadInboundMail {
  private readonly logger = new Logger(ReadInboundMail.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly parser: MailParser,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  /** Safe to call any number of times: a mail is decided once. */
  async run(id: string): Promise<void> {
    const mail = await this.take(id);
    if (mail === null) return;
    let facts: MailFacts | null = null;
    let unreadable = '';
    try {
      facts = await this.parser.parse(mail.raw);
    } catch (error) {
      if (!(error instanceof MailNotReadableError)) throw error;
      unreadable = error.message;
    }
    await this.transactions.run(async ({ manager, afterCommit }) => {
      if (!(await lockWaiting(manager, id))) return;
      const outcome =
        facts === null ? plainOutcome('quarantine', unreadable) : await this.decide(manager, mail, facts);
      await writeOutcome(manager, id, facts, mail.vouched ? keptOpen(outcome) : outcome, this.clock.now());
      afterCommit(() => this.queue.wake('send-notification', outcome.wake));
    });
  }

  async sweep(): Promise<void> {
    await this.queue.wake('read-mail', await waitingInboundMails(this.transactions.manager, SWEEP_ROWS));
  }

  private decide(manager: EntityManager, mail: WaitingMail, facts: MailFacts): Promise<MailOutcome> {
    const { address, authservIds } = this.config.inbound;
    const { authenticatedSender } = mail;
    const trust = { mailbox: address ?? this.config.mailFrom.address, authservIds, authenticatedSender };
    return decideMail(manager, mail, facts, trust, this.clock.now());
  }

  /** Counts the attempt first, so that a mail that kills its reader is given up in the end. */
  private async take(id: string): Promise<WaitingMail | null> {
    const [rows] = await this.transactions.manager.query<[(WaitingMail & { attempts: number })[], number]>(
      `UPDATE inbound_mail SET attempts = attempts + 1, status = CASE WHEN attempts >= ${MAX_ATTEMPTS} THEN 'failed'
         ELSE status END
       WHERE id = $1 AND status = 'received'
       RETURNING id, raw, envelope_from AS "envelopeFrom", recipients, authenticated_sender AS "authenticatedSender", received_at AS "receivedAt", attempts,
         settlement IS NOT DISTINCT FROM 'applied' AS vouched`,
      [id],
    );
    const row = rows[0];
    if (row === undefined) return null;
    if (row.attempts <= MAX_ATTEMPTS) return row;
    this.logger.error(`Inbound mail ${id} was given up after ${MAX_ATTEMPTS} attempts`);
    return null;
  }
}

/** JSON that the database takes, whatever strangers wrote into the texts in it. */
function storableJson(detail: Record<string, unknown>): string {
  return JSON.stringify(detail, (_key, value: unknown) =>
    typeof value === 'string' ? storableText(value, value.length) : value,
  );
}

async function lockWaiting(manager: EntityManager, id: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    "SELECT 1 FROM inbound_mail WHERE id = $1 AND status = 'received' FOR UPDATE",
    [id],
  );
  return rows.length === 1;
}

/** Of what an organizer vouched for and nothing was recorded all the same, the organizer is told why: it is open again. */
const keptOpen = (outcome: MailOutcome): MailOutcome =>
  outcome.outcome === 'ignore' ? { ...outcome, outcome: 'quarantine' } : outcome;

async function writeOutcome(
  manager: EntityManager,
  id: string,
  facts: MailFacts | null,
  outcome: MailOutcome,
  now: Date,
): Promise<void> {
  await manager.query(
    `UPDATE inbound_mail SET status = 'done', outcome = $2, reason = $3, detail = $4, event_id = $5,
       calendar_object_id = $6, settlement = CASE WHEN $2 = 'quarantine' THEN NULL ELSE settlement END,
       settled_by = CASE WHEN $2 = 'quarantine' THEN NULL ELSE settled_by END,
       settled_at = CASE WHEN $2 = 'quarantine' THEN NULL ELSE settled_at END, decided_at = $7, message_id = $8, from_address = $9, from_name = $10, subject = $11
     WHERE id = $1`,
    [
      id,
      outcome.outcome,
      outcome.reason === null ? null : storableText(outcome.reason, 500),
      storableJson(outcome.detail),
      outcome.eventId,
      outcome.calendarObjectId,
      now,
      facts?.messageId ?? null,
      facts?.from[0] ?? null,
      facts?.fromName ?? null,
      facts?.subject ?? null,
    ],
  );
}
