import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import {
  TEMPLATE_TOPICS,
  type MailPreview,
  type MailTemplateBody,
  type MailTemplateParams,
  type MailTemplatesView,
} from '#libs/contracts/notifications/mail-templates.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { TEMPLATE_VARIABLES, unknownVariables } from '#libs/domain/notifications/mail-template.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { writeMail } from '#libs/persistence/notifications/write-mail.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { mailContext } from '#libs/platform/mails/mail-content.js';
import { withOwnWords } from '#libs/platform/mails/own-words.js';
import { renderHtml, renderText } from '#libs/platform/mails/render-content.js';
import { writeContent } from '#libs/platform/mails/write-content.js';
import { PublicUrl } from '#libs/platform/public-url.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { examplePayload } from './example-payload.js';

type Row = Omit<MailTemplatesView['templates'][number], 'updatedAt'> & { readonly updatedAt: Date };

/** The words of mails about events of a programme. */
@Injectable()
export class MailTemplatesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
    private readonly publicUrl: PublicUrl,
  ) {}

  async list(programmeId: string): Promise<MailTemplatesView> {
    const { manager } = this.transactions;
    const [programme] = await manager.query<{ id: string; title: string }[]>(
      'SELECT id, name AS title FROM programme WHERE id = $1',
      [programmeId],
    );
    if (programme === undefined) throw new AppError('record.not-found', { what: '系列活动 / programme' });
    const rows = await manager.query<Row[]>(
      `SELECT topic, locale, subject, body, updated_at AS "updatedAt" FROM mail_template
       WHERE programme_id = $1 ORDER BY topic, locale`,
      [programmeId],
    );
    const templates = rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
    return { programme, variables: [...TEMPLATE_VARIABLES], topics: [...TEMPLATE_TOPICS], templates };
  }

  async save(actor: Actor, { id, topic, locale }: MailTemplateParams, body: MailTemplateBody): Promise<void> {
    this.check(body);
    await this.list(id);
    await this.transactions.run(async ({ manager }) => {
      await manager.query(
        `INSERT INTO mail_template (programme_id, topic, locale, subject, body, updated_by, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (programme_id, topic, locale) DO UPDATE
         SET subject = excluded.subject, body = excluded.body, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
        [id, topic, locale, body.subject, body.body, actor.personId, this.clock.now()],
      );
      await this.audit(manager, actor, 'change-mail-template', id, { topic, locale });
    });
  }

  /** Back to the platform's own words. */
  async remove(actor: Actor, { id, topic, locale }: MailTemplateParams): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      await manager.query(
        'DELETE FROM mail_template WHERE programme_id = $1 AND topic = $2 AND locale = $3',
        [id, topic, locale],
      );
      await this.audit(manager, actor, 'remove-mail-template', id, { topic, locale });
    });
  }

  preview(actor: Actor, { topic, locale }: MailTemplateParams, body: MailTemplateBody | null): MailPreview {
    if (body !== null) this.check(body);
    const context = mailContext(locale, this.publicUrl.base());
    const payload = examplePayload(topic, locale, this.clock.now());
    const content = writeContent(topic, payload, context);
    const own =
      body === null ? content : withOwnWords(content, body, { toName: actor.name, payload }, context);
    return { subject: own.subject, text: renderText(own, context), html: renderHtml(own, context) };
  }

  /** The saved words, filled with the example, as a mail to who asks. */
  async sendTest(actor: Actor, { id, topic, locale }: MailTemplateParams): Promise<void> {
    await this.list(id);
    const payload = examplePayload(topic, locale, this.clock.now());
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const [event] = await manager.query<{ id: string }[]>(
        'SELECT id FROM event WHERE programme_id = $1 ORDER BY starts_at DESC, id LIMIT 1',
        [id],
      );
      // The words of a programme are found by the event of a mail.
      if (event === undefined) throw new AppError('template.test-needs-event');
      const mail = await writeMail(manager, {
        topic,
        dedupeKey: `template-test:${randomUUID()}`,
        // Whatever they chose.
        personId: null,
        toAddress: actor.email,
        toName: actor.name,
        locale,
        payload,
        eventId: event.id,
        mailOnly: true,
      });
      if (mail !== null) afterCommit(() => this.queue.wake('send-notification', [mail]));
    });
  }

  private check({ subject, body }: MailTemplateBody): void {
    const unknown = unknownVariables(`${subject} ${body}`);
    if (unknown.length > 0) throw new AppError('template.unknown-variable', { names: unknown.join(', ') });
  }

  private audit(
    manager: Parameters<typeof writeAudit>[0],
    actor: Actor,
    action: string,
    id: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    return writeAudit(manager, {
      actorId: actor.personId,
      action,
      subjectKind: 'programme',
      subjectId: id,
      detail,
    });
  }
}
