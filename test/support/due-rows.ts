import { randomUUID } from 'node:crypto';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import type { Outbox } from '../../apps/notification-service/outbox.js';
import type { OutgoingNotification } from '../../apps/notification-service/outgoing-notification.js';
import type { TestPlatform } from './platform.js';

let days = 1_000;

/** Mails that are due far ahead, where the platform's own outbox does not reach, and before those of earlier calls. */
export async function dueRows(
  platform: TestPlatform,
  count: number,
  domain = 'test.example',
): Promise<{ readonly ids: readonly string[]; readonly at: Date }> {
  days -= 1;
  const at = new Date(Date.now() + days * 86_400_000);
  const ids = await platform.dataSource.transaction(async (manager) => {
    const written: string[] = [];
    for (let n = 0; n < count; n++) {
      const id = await writeMail(manager, {
        topic: 'verify-email',
        dedupeKey: randomUUID(),
        personId: null,
        toAddress: `to-${n}@${domain}`,
        toName: null,
        locale: 'zh-CN',
        payload: { link: '/x' },
      });
      written.push(id!);
    }
    await manager.query('DELETE FROM notification_unspread WHERE notification_id = ANY($1)', [written]);
    await manager.query('UPDATE notification SET next_attempt_at = $2 WHERE id = ANY($1)', [written, at]);
    return written;
  });
  return { ids: ids.toSorted(), at };
}

/** The same, taken by `outbox`. */
export async function takenRows(
  platform: TestPlatform,
  outbox: Outbox,
  count: number,
): Promise<OutgoingNotification[]> {
  const { ids, at } = await dueRows(platform, count);
  const rows = await outbox.claim(count, at, []);
  expect(rows.map((row) => row.id)).toEqual(ids);
  return rows;
}
