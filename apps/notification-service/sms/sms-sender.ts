import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { OWN_RESPONSES } from '#libs/contracts/notifications/own-responses.js';
import { isUrgent, type Urgency } from '#libs/domain/notifications/quiet-hours.js';
import { formatShortShanghaiSpan } from '#libs/domain/time/shanghai-time.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import type { ChannelSender, Verdict } from '../channel-sender.js';
import { httpPost } from '../http-post.js';
import type { OutgoingNotification } from '../outgoing-notification.js';
import { smsVerdict } from './sms-answers.js';
import { smsRequest } from './sms-requests.js';

interface TemplateRow {
  readonly signName: string;
  readonly templateId: string;
  /** `parameter=value` in the template's order, or a name that is both. */
  readonly variables: string[];
}

/** A variable's value; providers refuse long ones. */
const VALUE_LENGTH = 35;

/** Whole characters: half of one would be refused. */
const cut = (value: string): string => [...value].slice(0, VALUE_LENGTH).join('');

/** Messages by SMS: only templates that the provider approved, filled with a few facts. */
@Injectable()
export class SmsSender implements ChannelSender {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
  ) {}

  async deliver(row: OutgoingNotification): Promise<Verdict> {
    const { sms } = this.config;
    if (sms === null) return { kind: 'refused', response: OWN_RESPONSES.noSmsProvider };
    const template = await this.templateOf(row);
    if (template === null) return { kind: 'refused', response: OWN_RESPONSES.noSmsTemplate };
    const values = template.variables.map((variable) => {
      const [parameter = '', value = parameter] = variable.split('=');
      return [parameter, cut(smsVariable(value, row))] as const;
    });
    const message = {
      id: row.id,
      phone: row.toAddress,
      signName: template.signName,
      templateId: template.templateId,
      values,
    };
    const now = this.clock.now();
    const answer = await httpPost(smsRequest(message, sms, now, randomUUID()));
    return smsVerdict(
      sms.provider,
      answer,
      isUrgent({ ...(row.payload as Partial<Urgency>), topic: row.topic }, now),
    );
  }

  private async templateOf(row: OutgoingNotification): Promise<TemplateRow | null> {
    const rows = await this.transactions.manager.query<TemplateRow[]>(
      `SELECT sign_name AS "signName", template_id AS "templateId", variables FROM sms_template
       WHERE topic = $1 AND locale IN ($2, 'zh-CN') ORDER BY locale = $2 DESC LIMIT 1`,
      [row.topic, row.locale],
    );
    return rows[0] ?? null;
  }
}

/** `name`, `event`, `time`, `place`, `reason`: what templates may ask for; others are empty. */
export function smsVariable(
  name: string,
  row: Pick<OutgoingNotification, 'toName' | 'payload' | 'locale'>,
): string {
  const payload = row.payload as Readonly<Record<string, unknown>>;
  const text = (key: string): string => (typeof payload[key] === 'string' ? payload[key] : '');
  if (name === 'name') return row.toName ?? '';
  if (name === 'event') return text('event') || text('summary') || text('title');
  if (name === 'place') return text('place');
  if (name === 'reason') return text('note');
  if (name !== 'time') return '';
  const [start, end] = [text('startsAt'), text('endsAt')];
  return start === '' ? '' : formatShortShanghaiSpan(new Date(start), new Date(end || start), row.locale);
}
