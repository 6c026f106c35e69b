import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  OrganisationMatchSettings,
  OrganisationMatchSettingsBody,
} from '#libs/contracts/match-rules/match-settings.js';
import type { Actor } from '#libs/domain/access/actor.js';
import {
  mayEditOrganisationMatching,
  mayReadMatchSettings,
  maySetParent,
} from '#libs/domain/access/match-rule-access.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { loadGroups } from '#libs/persistence/matching/load-pair-rules.js';
import { countOpenTalks } from '#libs/persistence/matching/open-talks.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';

interface Row {
  max_open_matches: number | null;
  parent_id: string | null;
  parent_name: string | null;
}

/** How an organisation takes part in matching: its group, and how many talks it can hold at a time. */
@Injectable()
export class OrganisationSettings {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
  ) {}

  async read(actor: Actor, id: string): Promise<OrganisationMatchSettings> {
    const { manager } = this.transactions;
    const row = await load(manager, actor, id);
    const group = [...(await loadGroups(manager, [id])).of(id)];
    const names = await manager.query<{ id: string; name: string }[]>(
      'SELECT id, name FROM organisation WHERE id = ANY($1) ORDER BY name, id',
      [group],
    );
    return {
      maxOpenMatches: row.max_open_matches,
      openMatches: await countOpenTalks(manager, 'organisation', id),
      parent: row.parent_id === null ? null : { id: row.parent_id, name: row.parent_name ?? '' },
      group: names,
      may: { edit: mayEditOrganisationMatching(actor, id), setParent: maySetParent(actor) },
    };
  }

  async change(actor: Actor, id: string, body: OrganisationMatchSettingsBody): Promise<void> {
    await this.transactions.run(async ({ manager, afterCommit }) => {
      // One at a time: two changes together could make a circle.
      if (body.parentId !== undefined)
        await manager.query("SELECT pg_advisory_xact_lock(hashtext('organisation-parent'))");
      const before = await load(manager, actor, id);
      if (!mayEditOrganisationMatching(actor, id)) throw new AppError('auth.forbidden');
      const parentId = body.parentId === undefined ? before.parent_id : body.parentId;
      const limit = body.maxOpenMatches === undefined ? before.max_open_matches : body.maxOpenMatches;
      if (parentId !== before.parent_id) await checkParent(manager, actor, id, parentId);
      await manager.query('UPDATE organisation SET parent_id = $2, max_open_matches = $3 WHERE id = $1', [
        id,
        parentId,
        limit,
      ]);
      if (parentId === before.parent_id && limit === before.max_open_matches) return;
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'change-match-settings',
        subjectKind: 'organisation',
        subjectId: id,
        detail: { parentId, maxOpenMatches: limit },
      });
      const run = await queueMatchRun(manager, {
        scope: 'all',
        subjectId: null,
        requestedBy: actor.personId,
      });
      if (run !== null) afterCommit(() => this.queue.wake('run-match', [run]));
    });
  }
}

async function load(manager: EntityManager, actor: Actor, id: string): Promise<Row> {
  const [row] = await manager.query<Row[]>(
    `SELECT o.max_open_matches, o.parent_id, p.name AS parent_name
     FROM organisation o LEFT JOIN organisation p ON p.id = o.parent_id WHERE o.id = $1`,
    [id],
  );
  if (row === undefined || !mayReadMatchSettings(actor, id)) throw new AppError('organisation.not-found');
  return row;
}

/** The parent exists and does not lie below the organisation: groups are trees. */
async function checkParent(
  manager: EntityManager,
  actor: Actor,
  id: string,
  parentId: string | null,
): Promise<void> {
  if (!maySetParent(actor)) throw new AppError('auth.forbidden');
  if (parentId === null) return;
  const [parent] = await manager.query<{ name: string; below: boolean }[]>(
    `WITH RECURSIVE below AS (
       SELECT id FROM organisation WHERE id = $1
       UNION SELECT o.id FROM below b JOIN organisation o ON o.parent_id = b.id)
     SELECT name, id IN (SELECT id FROM below) AS below FROM organisation WHERE id = $2`,
    [id, parentId],
  );
  if (parent === undefined) throw new AppError('organisation.not-found');
  if (parent.below) throw new AppError('organisation.parent-below', { name: parent.name });
}
