import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import { OWN_RESPONSES } from '#libs/contracts/notifications/own-responses.js';
import type { RobotBody, RobotView } from '#libs/contracts/notifications/places.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { robotKey } from '#libs/persistence/notifications/send-pace.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { SealedBox } from '#libs/platform/sealed-box.js';

type Row = Omit<RobotView, 'ending' | 'signed'> & {
  readonly address: string;
  readonly secret: string | null;
};

const COLUMNS = 'id, kind, name, address, secret, topics, locale, enabled, fault';

/** The key, access token or hook token in what people copy from the robot's settings. */
export function keyOfRobot(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  const inQuery = url.searchParams.get('key') ?? url.searchParams.get('access_token');
  return inQuery ?? url.pathname.split('/').findLast((part) => part !== '') ?? address;
}

/** Robots of chat groups, of an organisation or (null) of the platform. Who may is decided by the caller. */
@Injectable()
export class RobotsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly box: SealedBox,
  ) {}

  async list(organisationId: string | null): Promise<RobotView[]> {
    const rows = await this.transactions.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM channel_endpoint WHERE organisation_id IS NOT DISTINCT FROM $1 ORDER BY id`,
      [organisationId],
    );
    return rows.map(({ address, secret, ...row }) => ({
      ...row,
      ending: this.box.open(address).slice(-4),
      signed: secret !== null,
    }));
  }

  async add(actor: Actor, organisationId: string | null, body: RobotBody): Promise<void> {
    const { address } = body;
    if (address === undefined) throw new AppError('robot.needs-address');
    await this.transactions.run(async ({ manager }) => {
      const [row] = await manager.query<{ id: string }[]>(
        `INSERT INTO channel_endpoint (organisation_id, kind, name, address, secret, topics, locale, enabled, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
        [
          organisationId,
          body.kind,
          body.name,
          this.box.seal(keyOfRobot(address)),
          body.secret ? this.box.seal(body.secret) : null,
          body.topics,
          body.locale,
          body.enabled,
          actor.personId,
          this.clock.now(),
        ],
      );
      await this.audit(manager, actor, 'add-robot', row!.id, body);
    });
  }

  /** Address and secret stay when they are left out; switching it on forgets why it was off. */
  async change(actor: Actor, organisationId: string | null, id: string, body: RobotBody): Promise<void> {
    const { address, secret } = body;
    await this.transactions.run(async ({ manager }) => {
      const changed = await manager.query<[unknown[], number]>(
        `UPDATE channel_endpoint SET name = $3, topics = $4, locale = $5, enabled = $6,
           fault = CASE WHEN $6 THEN NULL ELSE fault END, address = coalesce($7, address),
           secret = CASE WHEN $8::text IS NULL THEN secret WHEN $8 = '' THEN NULL ELSE $8 END, kind = $9
         WHERE id = $1 AND organisation_id IS NOT DISTINCT FROM $2 RETURNING id`,
        [
          id,
          organisationId,
          body.name,
          body.topics,
          body.locale,
          body.enabled,
          address === undefined ? null : this.box.seal(keyOfRobot(address)),
          secret === undefined ? null : secret === '' ? '' : this.box.seal(secret),
          body.kind,
        ],
      );
      if (changed[1] === 0) throw new AppError('place.not-found');
      await this.audit(manager, actor, 'change-robot', id, body);
    });
  }

  /** Takes its key away and what it had still to say; what it said stays in the delivery log. */
  async remove(actor: Actor, organisationId: string | null, id: string): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      const [robot] = await manager.query<{ kind: string; name: string }[]>(
        `SELECT kind, name FROM channel_endpoint WHERE id = $1 AND organisation_id IS NOT DISTINCT FROM $2
         FOR UPDATE`,
        [id, organisationId],
      );
      if (robot === undefined) throw new AppError('place.not-found');
      await manager.query(
        `UPDATE notification SET status = 'cancelled', last_error = $3
         WHERE id = ANY(ARRAY(SELECT n.id FROM notification n WHERE n.endpoint_id = $1 AND n.status = 'queued'
           AND NOT EXISTS (SELECT FROM delivery_attempt a WHERE a.notification_id = n.id AND a.held_until > $2)
           ORDER BY n.id FOR UPDATE))`,
        [id, this.clock.now(), OWN_RESPONSES.robotRemoved],
      );
      await manager.query('DELETE FROM send_pace WHERE key = $1', [robotKey(id)]);
      await manager.query('DELETE FROM channel_endpoint WHERE id = $1', [id]);
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'remove-robot',
        subjectKind: 'robot',
        subjectId: id,
        detail: robot,
      });
    });
  }

  private audit(
    manager: Parameters<typeof writeAudit>[0],
    actor: Actor,
    action: string,
    id: string,
    { kind, name, topics, enabled }: RobotBody,
  ): Promise<void> {
    const detail = { kind, name, topics, enabled };
    return writeAudit(manager, {
      actorId: actor.personId,
      action,
      subjectKind: 'robot',
      subjectId: id,
      detail,
    });
  }
}
