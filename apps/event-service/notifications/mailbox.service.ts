import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { AppError } from '#libs/contracts/app-error.js';
import type { MailboxPage, MailboxQuery, MailView } from '#libs/contracts/notifications/mailbox.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { readMail } from './read-mail.js';

interface SummaryRow {
  id: string;
  toAddress: string;
  toName: string | null;
  subject: string;
  topic: string;
  receivedAt: Date;
}

const SUMMARY = `m.id, m.to_address AS "toAddress", n.to_name AS "toName", m.subject, n.topic,
  m.received_at AS "receivedAt"`;
const RECIPIENTS = `
  SELECT m.to_address AS address, (array_agg(n.to_name ORDER BY m.id DESC))[1] AS name, count(*)::int AS messages
  FROM mailbox_message m JOIN notification n ON n.id = m.notification_id
  GROUP BY m.to_address ORDER BY max(m.received_at) DESC, m.to_address LIMIT 200`;
const FILTER = `($1::text IS NULL OR m.to_address = $1) AND ($2::text IS NULL OR m.subject ILIKE $2 OR m.to_address ILIKE $2)`;

/** Mails of an installation without a mail server: everybody who can open it may read them, as on a demo machine. */
@Injectable()
export class MailboxService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
  ) {}

  async list(query: MailboxQuery): Promise<MailboxPage> {
    this.checkOn();
    const { manager } = this.transactions;
    const { page, pageSize } = query;
    const like = query.q ? `%${query.q.replace(/[\\%_]/g, '\\$&')}%` : null;
    const filter = [query.address || null, like];
    const recipients: MailboxPage['recipients'] = await manager.query(RECIPIENTS);
    const [count]: { total: number }[] = await manager.query(
      `SELECT count(*)::int AS total FROM mailbox_message m WHERE ${FILTER}`,
      filter,
    );
    const rows: SummaryRow[] = await manager.query(
      `SELECT ${SUMMARY} FROM mailbox_message m JOIN notification n ON n.id = m.notification_id
       WHERE ${FILTER} ORDER BY m.received_at DESC, m.id DESC LIMIT $3 OFFSET $4`,
      [...filter, pageSize, (page - 1) * pageSize],
    );
    return { recipients, rows: rows.map(toSummary), total: count?.total ?? 0, page, pageSize };
  }

  async read(id: string): Promise<MailView> {
    const row = await this.find(id);
    const { calendarBytes: _, ...content } = await readMail(row.raw, row.topic);
    return { ...toSummary(row), ...content };
  }

  async raw(id: string): Promise<Buffer> {
    return (await this.find(id)).raw;
  }

  async calendar(id: string): Promise<Buffer> {
    const row = await this.find(id);
    const { calendarBytes } = await readMail(row.raw, row.topic);
    if (calendarBytes === null) throw new AppError('mailbox.not-found');
    return calendarBytes;
  }

  private async find(id: string): Promise<SummaryRow & { raw: Buffer }> {
    this.checkOn();
    const rows: (SummaryRow & { raw: Buffer })[] = await this.transactions.manager.query(
      `SELECT ${SUMMARY}, m.raw FROM mailbox_message m JOIN notification n ON n.id = m.notification_id
       WHERE m.id = $1`,
      [id],
    );
    const row = rows[0];
    if (row === undefined) throw new AppError('mailbox.not-found');
    return row;
  }

  private checkOn(): void {
    if (this.config.smtpUrl !== null) throw new AppError('mailbox.off');
  }
}

const toSummary = ({ id, toAddress, toName, subject, topic, receivedAt }: SummaryRow) => ({
  id,
  toAddress,
  toName,
  subject,
  topic,
  receivedAt: receivedAt.toISOString(),
});
