import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  LateChangeBody,
  LateChangePreview,
  LateChangeReport,
} from '#libs/contracts/meetings/late-changes.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { loadGrid } from '#libs/persistence/meetings/event-grid.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { applyLateChange } from './apply-late-change.js';
import { lockTimetabledEvent } from './event-gate.js';
import { isOutdated, loadLateChange, resolveLateChange, type LateChangeRow } from './late-change-rows.js';
import { readChanges } from './read-changes.js';
import { readMessages } from './read-messages.js';

type Changes = Awaited<ReturnType<typeof readChanges>>;

/** What happens to a published timetable later: first what it costs, then, when accepted, the change itself. */
@Injectable()
export class LateChangesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  /** Asks the worker what a change would cost; an older preview of the event is given up. */
  async ask(actor: Actor | null, eventId: string, body: LateChangeBody): Promise<{ id: string }> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const now = this.clock.now();
      const grid = await lockTimetabledEvent(manager, eventId, now);
      const change = await resolveLateChange(manager, grid, body);
      await manager.query(
        `DELETE FROM timetable WHERE event_id = $1 AND change IS NOT NULL AND status IN ('queued', 'preview', 'failed')`,
        [eventId],
      );
      const [row] = await manager.query<{ id: string }[]>(
        `INSERT INTO timetable (event_id, version_no, change, created_by, created_at)
         SELECT $1, coalesce(max(version_no), 0) + 1, $2, $3, $4 FROM timetable WHERE event_id = $1 RETURNING id`,
        [eventId, JSON.stringify(change), actor?.personId ?? null, now],
      );
      const { id } = row!;
      afterCommit(() => this.queue.wake('build-timetable', [id]));
      return { id };
    });
  }

  async preview(actor: Actor | null, id: string): Promise<LateChangePreview> {
    const { manager } = this.transactions;
    const row = await loadLateChange(manager, id);
    const grid = await loadGrid(manager, row.eventId, this.clock.now());
    if (grid === null) throw new AppError('record.not-found', { what: '活动' });
    const { eventId, change, proof } = row;
    const status = await this.statusOf(row);
    if (status !== 'ready')
      return { id, eventId, kind: change.kind, status, proof, ...NOTHING, rows: [], messages: [] };
    const changes = await readChanges(manager, id, grid);
    const messages = await this.messagesOf(actor, row);
    return {
      id,
      eventId,
      kind: change.kind,
      status,
      proof,
      ...countChanges(row, changes),
      unchanged: changes.unchanged,
      rows: changes.rows,
      messages,
    };
  }

  async apply(actor: Actor | null, id: string): Promise<LateChangeReport> {
    return this.transactions.run(async ({ manager, afterCommit }) => {
      const now = this.clock.now();
      const { eventId } = await loadLateChange(manager, id);
      const grid = await lockTimetabledEvent(manager, eventId, now);
      const row = await loadLateChange(manager, id);
      if (row.status !== 'preview' || (await isOutdated(manager, grid, row)))
        throw new AppError('late-change.outdated');
      const counts = countChanges(row, await readChanges(manager, id, grid));
      const wake = await applyLateChange(manager, grid, row, actor?.personId ?? null, now);
      const report = { ...counts, messages: wake.length };
      await writeAudit(manager, {
        actorId: actor?.personId ?? null,
        action: 'apply-late-change',
        subjectKind: 'timetable',
        subjectId: id,
        detail: { kind: row.change.kind, ...report },
      });
      afterCommit(() => this.queue.wake('send-notification', wake));
      return report;
    });
  }

  async discard(id: string): Promise<{ ok: true }> {
    return this.transactions.run(async ({ manager }) => {
      const { eventId } = await loadLateChange(manager, id);
      await loadGrid(manager, eventId, this.clock.now(), { lock: true });
      await manager.query(
        `DELETE FROM timetable WHERE id = $1 AND change IS NOT NULL AND status IN ('queued', 'preview', 'failed')`,
        [id],
      );
      return { ok: true };
    });
  }

  private async statusOf(row: LateChangeRow): Promise<LateChangePreview['status']> {
    if (row.status === 'queued' || row.status === 'computing') return 'computing';
    if (row.status === 'failed') return 'failed';
    const grid = await loadGrid(this.transactions.manager, row.eventId, this.clock.now());
    const isReady =
      row.status === 'preview' && grid !== null && !(await isOutdated(this.transactions.manager, grid, row));
    return isReady ? 'ready' : 'outdated';
  }

  /** Takes the step, reads what it would send, and takes everything back. */
  private async messagesOf(actor: Actor | null, row: LateChangeRow): Promise<LateChangePreview['messages']> {
    return this.transactions.tryOut(async ({ manager }) => {
      const now = this.clock.now();
      const grid = await lockTimetabledEvent(manager, row.eventId, now);
      const ids = await applyLateChange(manager, grid, row, actor?.personId ?? null, now);
      return readMessages(manager, row.eventId, ids);
    });
  }
}

const NOTHING = { moved: 0, cancelled: 0, lost: 0, added: 0, unchanged: 0 };

function countChanges({ change }: LateChangeRow, { rows }: Changes) {
  const wished = new Set(change.kind === 'cancel' ? change.meetingIds : []);
  const count = (is: (row: Changes['rows'][number]) => boolean) => rows.filter(is).length;
  return {
    moved: count((row) => row.change === 'moved'),
    cancelled: count((row) => row.change === 'removed' && wished.has(row.meetingId)),
    lost: count((row) => row.change === 'removed' && !wished.has(row.meetingId)),
    added: count((row) => row.change === 'added'),
  };
}
