import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { HeldAddressesView } from '#libs/contracts/notifications/held-addresses.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';

const MOST = 500;

/** Addresses that mail is held back from, for organizers to see and to lift. */
@Injectable()
export class HeldAddressesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<HeldAddressesView> {
    const rows = await this.transactions.manager.query<
      { id: string; address: string; heldAt: Date; failures: number; diagnostic: string }[]
    >(
      `SELECT id, address, held_at AS "heldAt", failures, diagnostic FROM held_address WHERE lifted_at IS NULL
       ORDER BY held_at DESC, id LIMIT ${MOST}`,
    );
    return { rows: rows.map((row) => ({ ...row, heldAt: row.heldAt.toISOString() })) };
  }

  /** Failures before this no longer count. What was held back meanwhile can be sent again from the delivery log. */
  async lift(actor: Actor, id: string): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      const [rows] = await manager.query<[{ address: string }[], number]>(
        `UPDATE held_address SET lifted_at = $2, lifted_by = $3 WHERE id = $1 AND lifted_at IS NULL RETURNING address`,
        [id, this.clock.now(), actor.personId],
      );
      const [row] = rows;
      if (row === undefined) throw new AppError('held-address.not-found');
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'lift-held-address',
        subjectKind: 'held-address',
        subjectId: id,
        detail: { address: row.address },
      });
    });
  }
}
