import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '#config/config.js';
import {
  smsValue,
  type SmsTemplateBody,
  type SmsTemplateParams,
  type SmsTemplatesView,
  type SmsTemplateView,
} from '#libs/contracts/notifications/sms-templates.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';

type Row = Omit<SmsTemplateView, 'variables' | 'updatedAt'> & {
  readonly variables: string[];
  readonly updatedAt: Date;
};

/** The registry of SMS templates: providers send nothing but what they approved beforehand. */
@Injectable()
export class SmsTemplatesService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<SmsTemplatesView> {
    const rows = await this.transactions.manager.query<Row[]>(
      `SELECT topic, locale, sign_name AS "signName", template_id AS "templateId", variables, updated_at AS "updatedAt"
       FROM sms_template ORDER BY topic, locale`,
    );
    const templates = rows.map((row) => ({
      ...row,
      variables: row.variables.flatMap(readVariable),
      updatedAt: row.updatedAt.toISOString(),
    }));
    return { provider: this.config.sms?.provider ?? null, templates };
  }

  async save(
    actor: Actor,
    { topic, locale }: SmsTemplateParams,
    { signName, templateId, variables }: SmsTemplateBody,
  ): Promise<SmsTemplatesView> {
    await this.transactions.run(async ({ manager }) => {
      await manager.query(
        `INSERT INTO sms_template (topic, locale, sign_name, template_id, variables, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (topic, locale) DO UPDATE SET sign_name = excluded.sign_name, template_id = excluded.template_id,
           variables = excluded.variables, updated_at = excluded.updated_at`,
        [
          topic,
          locale,
          signName,
          templateId,
          variables.map(({ parameter, value }) => `${parameter}=${value}`),
          this.clock.now(),
        ],
      );
      await this.audit(manager, actor, 'change-sms-template', { topic, locale, templateId });
    });
    return this.list();
  }

  async remove(actor: Actor, { topic, locale }: SmsTemplateParams): Promise<SmsTemplatesView> {
    await this.transactions.run(async ({ manager }) => {
      await manager.query('DELETE FROM sms_template WHERE topic = $1 AND locale = $2', [topic, locale]);
      await this.audit(manager, actor, 'remove-sms-template', { topic, locale });
    });
    return this.list();
  }

  private audit(
    manager: EntityManager,
    actor: Actor,
    action: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    const { personId } = actor;
    return writeAudit(manager, {
      actorId: personId,
      action,
      subjectKind: 'sms-template',
      subjectId: personId,
      detail,
    });
  }
}

/** `parameter=value`, or a name that is both. */
function readVariable(stored: string): SmsTemplateView['variables'] {
  const [parameter = '', value = parameter] = stored.split('=');
  const known = smsValue.safeParse(value);
  return known.success ? [{ parameter, value: known.data }] : [];
}
