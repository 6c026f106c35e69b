import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { OWN_RESPONSES } from '#libs/contracts/notifications/own-responses.js';
import type { WecomApp } from '#config/notification-config.js';
import { cutToOctets, plainForRobots } from '#libs/domain/notifications/robot-text.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { PublicUrl } from '#libs/platform/public-url.js';
import type { ChannelSender, Verdict } from './channel-sender.js';
import { httpPost } from './http-post.js';
import { digestContent } from '#libs/platform/mails/digest-content.js';
import { mailContext } from '#libs/platform/mails/mail-content.js';
import { writeContent } from '#libs/platform/mails/write-content.js';
import { Outbox } from './outbox.js';
import type { OutgoingNotification } from './outgoing-notification.js';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const DIGEST_MOST = 50;
const TITLE_OCTETS = 128;
const TEXT_OCTETS = 512;
/**
 * The service drops a copy of the same message within so many seconds: repeating is safe. The address of a card names its
 * row, so that a message that says the same as an earlier one is not taken for a copy of it.
 */
const DUPLICATE_WITHIN_S = 14_400;
const TOKEN_GONE = new Set([40014, 42001, 41001]);
const RATE = new Set([45009, 45033, -1]);

interface Answer {
  readonly errcode?: number;
  readonly errmsg?: string;
  readonly access_token?: string;
  readonly expires_in?: number;
  readonly invaliduser?: string;
}

/** Application messages of 企业微信: to people who gave their user id. */
@Injectable()
export class WecomAppSender implements ChannelSender {
  private token: { readonly value: string; readonly until: number } | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly publicUrl: PublicUrl,
  ) {}

  async deliver(row: OutgoingNotification): Promise<Verdict> {
    const app = this.config.wecomApp;
    if (app === null) return { kind: 'refused', response: OWN_RESPONSES.noWecomApp };
    const also = await this.outbox.claimFollowers(row, DIGEST_MOST, this.clock.now());
    const rows = [row, ...also];
    const first = await this.send(app, rows);
    if (!TOKEN_GONE.has(first.errcode ?? 0)) return { ...verdictOf(first), also };
    this.token = null;
    return { ...verdictOf(await this.send(app, rows)), also };
  }

  private async send(app: WecomApp, rows: readonly OutgoingNotification[]): Promise<Answer> {
    const token = await this.accessToken(app);
    if (typeof token !== 'string') return token;
    const url = `${this.config.robotUrls.wecom}/cgi-bin/message/send?access_token=${encodeURIComponent(token)}`;
    const body = JSON.stringify({
      touser: rows[0]!.toAddress,
      agentid: app.agentId,
      msgtype: 'textcard',
      textcard: this.cardOf(rows),
      enable_duplicate_check: 1,
      duplicate_check_interval: DUPLICATE_WITHIN_S,
    });
    return answerOf(await httpPost({ url, headers: JSON_HEADERS, body }));
  }

  private cardOf(rows: readonly OutgoingNotification[]): { title: string; description: string; url: string } {
    const row = rows[0]!;
    const context = mailContext(row.locale, this.publicUrl.base());
    const content = row.merges ? digestContent(rows, context) : writeContent(row.topic, row.payload, context);
    const facts = (content.facts ?? []).filter(([, value]) => value);
    const lines = facts.map(
      ([label, value]) => `${label}${context.say('：', ': ')}${plainForRobots(value ?? '')}`,
    );
    return {
      title: cutToOctets(plainForRobots(content.subject), TITLE_OCTETS),
      description: cutToOctets([plainForRobots(content.heading), ...lines].join('\n'), TEXT_OCTETS),
      url: `${content.actions?.[0]?.href ?? this.publicUrl.base()}#message-${row.id}`,
    };
  }

  /** Kept until five minutes before it ends: asking for one is limited too. */
  private async accessToken(app: WecomApp): Promise<string | Answer> {
    const now = this.clock.now().getTime();
    if (this.token !== null && this.token.until > now) return this.token.value;
    const query = new URLSearchParams({ corpid: app.corpId, corpsecret: app.secret });
    const url = `${this.config.robotUrls.wecom}/cgi-bin/gettoken?${query.toString()}`;
    const answer = answerOf(await httpPost({ url, headers: JSON_HEADERS, body: '{}' }));
    if (answer.access_token === undefined) return answer;
    this.token = { value: answer.access_token, until: now + ((answer.expires_in ?? 7200) - 300) * 1000 };
    return answer.access_token;
  }
}

function answerOf({ status, body }: { status: number | null; body: string }): Answer {
  if (status === null || status >= 500) return { errcode: -1, errmsg: `${status ?? 'no answer'} ${body}` };
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : { errcode: -1, errmsg: body };
  } catch {
    return { errcode: -1, errmsg: `${status} ${body}` };
  }
}

function verdictOf(answer: Answer): Exclude<Verdict, { kind: 'not-yet' }> {
  const response = JSON.stringify(answer);
  if (answer.errcode === 0 && !answer.invaliduser) return { kind: 'sent', response };
  return RATE.has(answer.errcode ?? 0)
    ? { kind: 'deferred', response, waitMs: 60_000 }
    : { kind: 'refused', response };
}
