import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  CapabilityMatchSettingsBody,
  RecordMatchSettings,
} from '#libs/contracts/match-rules/match-settings.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { mayEditRecordMatching, mayReadMatchSettings } from '#libs/domain/access/match-rule-access.js';
import { isNeedExpired } from '#libs/domain/market/need-expiry.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { countOpenTalks } from '#libs/persistence/matching/open-talks.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

type Kind = 'need' | 'capability';
interface Row {
  organisation_id: string | null;
  status: string;
  paused: boolean;
  max_open_matches: number | null;
  expires_at: string | null;
}

const COLUMNS: Record<Kind, string> = {
  need: 'NULL::integer AS max_open_matches, expires_at::text AS expires_at',
  capability: 'max_open_matches, expires_at::text AS expires_at',
};

/** How one need or capability takes part in matching: paused or not, until when, and with how many talks at a time. */
@Injectable()
export class RecordSettings {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  async read(kind: Kind, actor: Actor, id: string): Promise<RecordMatchSettings> {
    const { manager } = this.transactions;
    const row = await load(manager, kind, actor, id);
    return {
      paused: row.paused,
      maxOpenMatches: row.max_open_matches,
      openMatches: kind === 'need' ? 0 : await countOpenTalks(manager, 'capability', id),
      expiresAt: row.expires_at,
      mayEdit: mayEditRecordMatching(actor, row.organisation_id),
    };
  }

  /** Takes effect with a run that is queued at once. */
  async change(kind: Kind, actor: Actor, id: string, body: CapabilityMatchSettingsBody): Promise<void> {
    const now = this.clock.now();
    await this.transactions.run(async ({ manager, afterCommit }) => {
      await manager.query(`SELECT 1 FROM ${kind} WHERE id = $1 FOR UPDATE`, [id]);
      const before = await load(manager, kind, actor, id);
      if (!mayEditRecordMatching(actor, before.organisation_id)) throw new AppError('auth.forbidden');
      const { paused = before.paused } = body;
      await manager.query(
        `UPDATE ${kind} SET matching_paused_at = CASE WHEN $2 THEN coalesce(matching_paused_at, $3) END WHERE id = $1`,
        [id, paused, now],
      );
      if (kind === 'capability') await changeCapability(manager, id, before, body, now);
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'change-match-settings',
        subjectKind: kind,
        subjectId: id,
        detail: { ...body },
      });
      if (!['published', 'engaged'].includes(before.status)) return;
      const run = await queueMatchRun(manager, {
        scope: kind,
        subjectId: id,
        requestedBy: actor.personId,
      });
      if (run !== null) afterCommit(() => this.queue.wake('run-match', [run]));
    });
  }
}

async function changeCapability(
  manager: EntityManager,
  id: string,
  before: Row,
  body: CapabilityMatchSettingsBody,
  now: Date,
): Promise<void> {
  const expiresAt = body.expiresAt === undefined ? before.expires_at : body.expiresAt;
  const limit = body.maxOpenMatches === undefined ? before.max_open_matches : body.maxOpenMatches;
  if (expiresAt !== before.expires_at && isNeedExpired(expiresAt, now))
    throw new AppError('capability.expiry-past', { day: expiresAt ?? '' });
  // The last day stands in the index, which reads a record anew when its version grew.
  await manager.query(
    `UPDATE capability SET max_open_matches = $2, expires_at = $3,
       version = version + CASE WHEN expires_at IS DISTINCT FROM $3::date THEN 1 ELSE 0 END WHERE id = $1`,
    [id, limit, expiresAt],
  );
}

async function load(manager: EntityManager, kind: Kind, actor: Actor, id: string): Promise<Row> {
  const [row] = await manager.query<Row[]>(
    `SELECT organisation_id, status, matching_paused_at IS NOT NULL AS paused, ${COLUMNS[kind]} FROM ${kind} WHERE id = $1`,
    [id],
  );
  if (row === undefined || !mayReadMatchSettings(actor, row.organisation_id))
    throw new AppError('record.not-found', { what: kind === 'need' ? '需求 / need' : '成果 / capability' });
  return row;
}
