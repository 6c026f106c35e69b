import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { AppError } from '#libs/contracts/app-error.js';
import type { answerMatch, MatchView } from '#libs/contracts/matching/matches.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { recordViewed } from '#libs/persistence/matching/record-exposures.js';
import { queueLimitRuns } from '#libs/persistence/matching/open-talks.js';
import { MEETING_MATCHES } from '#libs/persistence/meetings/meeting-matches.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { CodesService } from '../codes/codes.service.js';
import { sideOf } from './match-rows.js';
import { MatchesService } from './matches.service.js';

type Answer = z.infer<typeof answerMatch>;

interface Pair {
  id: string;
  need_id: string;
  capability_id: string;
  need_title: string;
  capability_title: string;
  need_organisation_id: string;
  capability_organisation_id: string;
  need_organisation: string;
  capability_organisation: string;
  need_created_by: string | null;
  capability_created_by: string | null;
  need_answer: string;
  capability_answer: string;
  mutual_at: Date | null;
  /** Both records are on the market. */
  open: boolean;
  /** A meeting that is not cancelled, or a deal, hangs on the pair. */
  settled: boolean;
}

/** What the two sides say about a match; mutual interest opens contacts to both. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly matches: MatchesService,
    private readonly codes: CodesService,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  async answer(actor: Actor, id: string, body: Answer): Promise<MatchView> {
    const shown = await this.matches.load(actor, id);
    const side = sideOf(actor, shown);
    // Who may not read the pair any more cannot answer it.
    await this.matches.read(actor, id);
    if (side === null) throw new AppError('match.not-yours');
    if (body.answer === 'declined' && body.reason === null) throw new AppError('match.reason-needed');
    await this.codes.check({ reason: ['decline-reason', body.reason] });
    const now = this.clock.now();
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const before = await lockPair(manager, id);
      if (before.mutual_at !== null && body.answer !== 'interested' && before.settled)
        throw new AppError('match.settled');
      if (before.mutual_at === null && body.answer === 'interested' && !before.open)
        throw new AppError('match.off-market');
      await manager.query(
        `UPDATE match SET mutual_at = CASE WHEN $2 = 'interested' AND ${side === 'need' ? 'capability' : 'need'}_answer = 'interested'
             THEN coalesce(mutual_at, $6) ELSE NULL END,
           ${side}_answer = $2, ${side}_answer_reason = $3, ${side}_answer_note = $4, ${side}_answered_by = $5,
           ${side}_answered_at = $6, updated_at = $6 WHERE id = $1`,
        [id, body.answer, body.answer === 'declined' ? body.reason : null, body.note, actor.personId, now],
      );
      // Whoever answers has seen the pair, by whatever way they came to it.
      await recordViewed(manager, side, { ...shown, modelVersion: shown.model_version }, now);
      const theirs = side === 'need' ? before.capability_answer : before.need_answer;
      const mutual = body.answer === 'interested' && theirs === 'interested';
      if (mutual && before.mutual_at === null) {
        const mails = await openToEachOther(manager, before);
        afterCommit(() => this.queue.wake('send-notification', mails));
      }
      if (!mutual && before.mutual_at !== null) await closeAgain(manager, before, now);
      if (mutual !== (before.mutual_at !== null)) {
        const runs = await queueLimitRuns(manager, before.capability_id);
        afterCommit(() => this.queue.wake('run-match', runs));
      }
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'answer-match',
        subjectKind: 'match',
        subjectId: id,
        detail: { side, answer: body.answer, reason: body.reason, mutual },
      });
    });
    return this.matches.read(actor, id);
  }
}

async function lockPair(manager: EntityManager, id: string): Promise<Pair> {
  await manager.query('SELECT 1 FROM match WHERE id = $1 FOR UPDATE', [id]);
  // Neither record leaves the market while the two become known to each other.
  await manager.query(
    `SELECT 1 FROM match m JOIN need n ON n.id = m.need_id JOIN capability c ON c.id = m.capability_id WHERE m.id = $1
     FOR NO KEY UPDATE OF n FOR SHARE OF c`,
    [id],
  );
  const rows = await manager.query<Pair[]>(
    `SELECT m.id, m.need_id, m.capability_id, n.title AS need_title, c.title AS capability_title,
            n.organisation_id AS need_organisation_id, c.organisation_id AS capability_organisation_id,
            no.name AS need_organisation, co.name AS capability_organisation, n.created_by AS need_created_by,
            c.created_by AS capability_created_by, m.need_answer, m.capability_answer, m.mutual_at,
            n.status IN ('published', 'engaged') AND n.disclosure <> 'closed'
              AND c.status = 'published' AND c.disclosure <> 'closed' AS open,
            EXISTS (SELECT 1 FROM ${MEETING_MATCHES} t WHERE t.match_id = m.id AND t.status <> 'cancelled')
              OR EXISTS (SELECT 1 FROM deal d WHERE d.match_id = m.id AND d.stage <> 'terminated') AS settled
     FROM match m JOIN need n ON n.id = m.need_id JOIN capability c ON c.id = m.capability_id
     JOIN organisation no ON no.id = n.organisation_id JOIN organisation co ON co.id = c.organisation_id
     WHERE m.id = $1`,
    [id],
  );
  return rows[0]!;
}

/** Gives each organisation the sealed fields of the other's record, marks the need as engaged, tells both by mail. */
async function openToEachOther(manager: EntityManager, pair: Pair): Promise<string[]> {
  for (const [kind, to] of [
    ['need', pair.capability_organisation_id],
    ['capability', pair.need_organisation_id],
  ] as const) {
    await manager.query(
      `INSERT INTO sealed_grant (subject_kind, subject_id, organisation_id, reason, match_id) VALUES ($1, $2, $3, 'mutual-interest', $4)`,
      [kind, pair[`${kind}_id`], to, pair.id],
    );
  }
  await manager.query("UPDATE need SET status = 'engaged' WHERE id = $1 AND status = 'published'", [
    pair.need_id,
  ]);
  const mails: string[] = [];
  for (const side of ['need', 'capability'] as const) {
    const other = side === 'need' ? 'capability' : 'need';
    const id = await tell(manager, pair, side, pair[`${other}_organisation`]);
    if (id !== null) mails.push(id);
  }
  return mails;
}

async function tell(
  manager: EntityManager,
  pair: Pair,
  side: 'need' | 'capability',
  counterpart: string,
): Promise<string | null> {
  const people = await manager.query<{ id: string; email: string; name: string; locale: 'zh-CN' | 'en' }[]>(
    `SELECT p.id, p.email, p.name, p.locale FROM person p
     LEFT JOIN membership m ON m.person_id = p.id AND m.organisation_id = $2
     WHERE p.disabled_at IS NULL AND (p.id = $1 OR m.role = 'owner')
     ORDER BY p.id = $1 DESC NULLS LAST, m.created_at LIMIT 1`,
    [pair[`${side}_created_by`], pair[`${side}_organisation_id`]],
  );
  const person = people[0];
  if (person === undefined) return null;
  return writeMail(manager, {
    topic: 'match-mutual',
    dedupeKey: `match-mutual:${pair.id}:${side}`,
    personId: person.id,
    toAddress: person.email,
    toName: person.name,
    locale: person.locale,
    organisationId: pair[`${side}_organisation_id`],
    payload: {
      title: pair[`${side}_title`],
      counterpart,
      link: `/matches/${side}/${pair[`${side}_id`]}?filter=mutual`,
    },
  });
}

async function closeAgain(manager: EntityManager, pair: Pair, now: Date): Promise<void> {
  await manager.query('UPDATE sealed_grant SET revoked_at = $2 WHERE match_id = $1 AND revoked_at IS NULL', [
    pair.id,
    now,
  ]);
  await manager.query(
    `UPDATE need SET status = 'published' WHERE id = $1 AND status = 'engaged'
       AND NOT EXISTS (SELECT 1 FROM match WHERE need_id = $1 AND mutual_at IS NOT NULL)`,
    [pair.need_id],
  );
}
