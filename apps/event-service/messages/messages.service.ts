import { Injectable } from '@nestjs/common';
import type { MessagesPage, MessagesQuery, MessageView } from '#libs/contracts/notifications/messages.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { mailContext } from '#libs/platform/mails/mail-content.js';
import { writeContent } from '#libs/platform/mails/write-content.js';
import { PublicUrl } from '#libs/platform/public-url.js';

interface Row {
  readonly id: string;
  readonly topic: string;
  readonly payload: unknown;
  readonly locale: 'zh-CN' | 'en';
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

const OWN = `FROM notification WHERE in_app AND person_id = $1`;

/** Messages of a person in the web application. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly publicUrl: PublicUrl,
  ) {}

  async list(actor: Actor, { page, pageSize, unread }: MessagesQuery): Promise<MessagesPage> {
    const { manager } = this.transactions;
    const [counted] = await manager.query<{ all: number; unread: number }[]>(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE read_at IS NULL)::int AS unread ${OWN}`,
      [actor.personId],
    );
    const rows = await manager.query<Row[]>(
      `SELECT id, topic, payload, locale, created_at AS "createdAt", read_at AS "readAt" ${OWN}
         AND (NOT $2 OR read_at IS NULL) ORDER BY id DESC LIMIT $3 OFFSET $4`,
      [actor.personId, unread, pageSize, (page - 1) * pageSize],
    );
    const count = counted ?? { all: 0, unread: 0 };
    return {
      rows: rows.map((row) => this.view(row, actor.locale)),
      total: unread ? count.unread : count.all,
      unread: count.unread,
      page,
      pageSize,
    };
  }

  async unread(personId: string): Promise<number> {
    const [row] = await this.transactions.manager.query<{ unread: number }[]>(
      `SELECT count(*)::int AS unread ${OWN} AND read_at IS NULL`,
      [personId],
    );
    return row?.unread ?? 0;
  }

  /** Marks messages read; all of them without ids. */
  async markRead(actor: Actor, ids: readonly string[] | undefined): Promise<number> {
    await this.transactions.run(async ({ manager }) => {
      await manager.query(
        `UPDATE notification SET read_at = $2 WHERE in_app AND person_id = $1 AND read_at IS NULL
           AND ($3::uuid[] IS NULL OR id = ANY($3))`,
        [actor.personId, this.clock.now(), ids ?? null],
      );
      await manager.query(`SELECT pg_notify('in_app', $1)`, [actor.personId]);
    });
    return this.unread(actor.personId);
  }

  /** In the reader's language now, which may not be that of the day it was written. */
  private view(row: Row, locale: 'zh-CN' | 'en'): MessageView {
    const base = this.publicUrl.base();
    const content = writeContent(row.topic, row.payload, mailContext(locale, base));
    const href = content.actions?.[0]?.href ?? null;
    return {
      id: row.id,
      topic: row.topic,
      heading: content.heading,
      subject: content.subject,
      facts: (content.facts ?? []).flatMap(([label, value]) => (value ? [{ label, value }] : [])),
      link: href === null ? null : href.startsWith(base) ? href.slice(base.length) : null,
      createdAt: row.createdAt.toISOString(),
      readAt: row.readAt?.toISOString() ?? null,
    };
  }
}
