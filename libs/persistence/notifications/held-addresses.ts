import type { EntityManager } from 'typeorm';

/** A mail that failed for good. `reported`: a report said so, by its code; else the server's answer has to be read. */
export interface FailedMail {
  readonly address: string;
  readonly mailId: string;
  readonly at: Date;
  readonly text: string;
  readonly reported: boolean;
  /** The last sign of life of the address. */
  readonly aliveAt: Date | null;
}

/**
 * Mails that failed since `since`, to addresses of which mail is not held back. Reports count only when they are known
 * to be about a mail of ours and tell by a code that there is no such mailbox: anybody can write others.
 */
export function failedMails(manager: EntityManager, since: Date): Promise<FailedMail[]> {
  return manager.query<FailedMail[]>(
    `WITH failed AS (
       SELECT lower(n.to_address) AS address, n.id AS "mailId", r.created_at AS at, r.diagnostic AS text, true AS reported
       FROM delivery_report r JOIN notification n ON n.id = r.notification_id
       WHERE r.kind = 'bounce' AND r.permanent AND r.bounce_class = 'address' AND NOT r.guessed AND r.created_at > $1
       UNION ALL
       SELECT lower(to_address), id, next_attempt_at, coalesce(last_error, ''), false
       FROM notification WHERE status = 'failed' AND channel = 'mail' AND next_attempt_at > $1
     )
     SELECT f.*, greatest(h.lifted_at, (SELECT max(m.received_at) FROM inbound_mail m
         WHERE m.from_address = f.address AND m.outcome IN ('apply', 'proposal', 'refresh'))) AS "aliveAt"
     FROM failed f LEFT JOIN held_address h ON h.address = f.address
     WHERE h.id IS NULL OR h.lifted_at IS NOT NULL ORDER BY f.address, f.at, f."mailId"`,
    [since],
  );
}

export async function holdAddress(
  manager: EntityManager,
  hold: {
    readonly address: string;
    readonly failures: number;
    readonly diagnostic: string;
    readonly now: Date;
  },
): Promise<void> {
  await manager.query(
    `INSERT INTO held_address (address, held_at, failures, diagnostic) VALUES ($1, $2, $3, $4)
     ON CONFLICT (address) DO UPDATE SET held_at = excluded.held_at, failures = excluded.failures,
       diagnostic = excluded.diagnostic, lifted_at = NULL, lifted_by = NULL`,
    [hold.address, hold.now, hold.failures, hold.diagnostic.slice(0, 500)],
  );
}

export async function heldAddresses(manager: EntityManager): Promise<Set<string>> {
  const rows = await manager.query<{ address: string }[]>(
    'SELECT address FROM held_address WHERE lifted_at IS NULL',
  );
  return new Set(rows.map((row) => row.address));
}
