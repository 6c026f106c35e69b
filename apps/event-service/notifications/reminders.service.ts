import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { ReminderBody, RemindersView } from '#libs/contracts/notifications/reminders.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeDueReminders } from '#libs/persistence/notifications/write-reminders.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

interface Row {
  readonly id: string;
  readonly anchor: 'start' | 'end';
  readonly minutes: number;
  readonly note: string | null;
  readonly at: Date;
  readonly doneAt: Date | null;
}

/** Reminders of an event, relative to its start and end: they move with it. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  async list(eventId: string): Promise<RemindersView> {
    const rows = await this.transactions.manager.query<Row[]>(
      `SELECT r.id, r.anchor, r.minutes, r.note, r.done_at AS "doneAt",
              CASE r.anchor WHEN 'start' THEN e.starts_at ELSE e.ends_at END + make_interval(mins => r.minutes) AS at
       FROM reminder_rule r JOIN event e ON e.id = r.event_id WHERE e.id = $1 ORDER BY at, r.id`,
      [eventId],
    );
    return {
      reminders: rows.map((row) => ({
        ...row,
        at: row.at.toISOString(),
        doneAt: row.doneAt?.toISOString() ?? null,
      })),
    };
  }

  async add(actor: Actor, eventId: string, { anchor, minutes, note }: ReminderBody): Promise<RemindersView> {
    const added = await this.transactions.manager.query<{ id: string }[]>(
      `INSERT INTO reminder_rule (event_id, anchor, minutes, note, created_by, created_at)
       SELECT id, $2, $3, $4, $5, $6 FROM event WHERE id = $1
       ON CONFLICT (event_id, anchor, minutes) DO NOTHING RETURNING id`,
      [eventId, anchor, minutes, note, actor.personId, this.clock.now()],
    );
    if (added.length === 0) {
      const [event] = await this.transactions.manager.query<unknown[]>('SELECT 1 FROM event WHERE id = $1', [
        eventId,
      ]);
      throw event === undefined
        ? new AppError('record.not-found', { what: '活动 / event' })
        : new AppError('reminder.exists');
    }
    return this.list(eventId);
  }

  async remove(eventId: string, reminderId: string): Promise<RemindersView> {
    const removed = await this.transactions.manager.query<[unknown[], number]>(
      'DELETE FROM reminder_rule WHERE id = $1 AND event_id = $2',
      [reminderId, eventId],
    );
    if (removed[1] === 0) throw new AppError('reminder.not-found');
    return this.list(eventId);
  }

  /** Writes what is due. */
  async sweep(): Promise<void> {
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const ids = await writeDueReminders(manager, this.clock.now());
      afterCommit(() => this.queue.wake('send-notification', ids));
    });
  }
}
