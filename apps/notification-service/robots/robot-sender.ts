import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Config } from '#config/config.js';
import { OWN_RESPONSES, UNKNOWN_WHETHER_SENT } from '#libs/contracts/notifications/own-responses.js';
import { mergeMessages, plainForRobots } from '#libs/domain/notifications/robot-text.js';
import { robotKey, takeTurn, waitUntil } from '#libs/persistence/notifications/send-pace.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { PublicUrl } from '#libs/platform/public-url.js';
import { SealedBox } from '#libs/platform/sealed-box.js';
import type { ChannelSender, Verdict } from '../channel-sender.js';
import { httpPost, mayHaveArrived } from '../http-post.js';
import { mailContext } from '#libs/platform/mails/mail-content.js';
import { writeContent } from '#libs/platform/mails/write-content.js';
import { Outbox } from '../outbox.js';
import type { OutgoingNotification } from '../outgoing-notification.js';
import { readRobotAnswer } from './robot-answers.js';
import {
  ROBOT_PER_MINUTE,
  ROBOT_TEXT_OCTETS,
  robotRequest,
  type Robot,
  type RobotKind,
} from './robot-requests.js';

interface EndpointRow {
  readonly kind: RobotKind;
  readonly address: string;
  readonly secret: string | null;
  readonly enabled: boolean;
}

/** Messages of one robot that go into one, at most. */
const MERGE_MOST = 100;

/**
 * Says rows through robots of chat groups. A robot may speak only so often: what comes meanwhile waits and is said in
 * one message. Robots know no idempotency, so a request that nobody answered is not repeated.
 */
@Injectable()
export class RobotSender implements ChannelSender {
  private readonly logger = new Logger(RobotSender.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly box: SealedBox,
    private readonly publicUrl: PublicUrl,
  ) {}

  async deliver(row: OutgoingNotification): Promise<Verdict> {
    const endpoint = await this.endpointOf(row);
    if (endpoint === null) return { kind: 'refused', response: OWN_RESPONSES.robotRemoved };
    if (!endpoint.enabled) return { kind: 'refused', response: OWN_RESPONSES.robotOff };
    const now = this.clock.now();
    const stepMs = 60_000 / ROBOT_PER_MINUTE[endpoint.kind];
    const turn = await takeTurn(this.transactions.manager, robotKey(row.endpointId!), stepMs, now);
    if (turn > now) return { kind: 'not-yet', until: turn };
    const also = await this.outbox.claimFollowers(row, MERGE_MOST, now);
    const verdict = await this.say(endpoint, [row, ...also]);
    return { ...verdict, also };
  }

  private async say(
    endpoint: EndpointRow,
    rows: readonly OutgoingNotification[],
  ): Promise<Exclude<Verdict, { kind: 'not-yet' }>> {
    const [first] = rows;
    const text = this.textOf(rows, ROBOT_TEXT_OCTETS[endpoint.kind]);
    const robot: Robot = {
      kind: endpoint.kind,
      address: this.box.open(endpoint.address),
      secret: endpoint.secret === null ? null : this.box.open(endpoint.secret),
    };
    const answer = await httpPost(robotRequest(robot, text, this.config.robotUrls, this.clock.now()));
    const meaning = readRobotAnswer(endpoint.kind, answer);
    const response = `${answer.status ?? 'no answer'} ${answer.body}`.trim();
    if (meaning.kind === 'sent') return { kind: 'sent', response };
    if (meaning.kind === 'rate') {
      const until = new Date(this.clock.now().getTime() + meaning.waitMs);
      await waitUntil(this.transactions.manager, robotKey(first!.endpointId!), until);
      return { kind: 'deferred', response, waitMs: meaning.waitMs };
    }
    if (meaning.kind === 'config') await this.switchOff(first!, response);
    if (meaning.kind === 'retry' && !mayHaveArrived(answer)) return { kind: 'deferred', response };
    if (meaning.kind === 'retry') return { kind: 'unknown', response: UNKNOWN_WHETHER_SENT + response };
    return { kind: 'refused', response };
  }

  private textOf(rows: readonly OutgoingNotification[], octets: number): string {
    const context = mailContext(rows[0]?.locale ?? 'zh-CN', this.publicUrl.base());
    const messages = rows.map((row) => {
      const content = writeContent(row.topic, row.payload, context);
      const facts = (content.facts ?? [])
        .filter(([, value]) => value)
        .map(([label, value]) => `${label}${context.say('：', ': ')}${plainForRobots(value ?? '')}`);
      // The link is ours; what a person wrote is never taken for one.
      const link = content.actions?.[0]?.href;
      return [plainForRobots(content.subject), ...facts, ...(link === undefined ? [] : [link])].join('\n');
    });
    // Of equal ones the last: what changed and came to be so again must be the last word.
    const last = messages.filter((message, index) => messages.lastIndexOf(message) === index);
    return mergeMessages(last, octets, (count) =>
      context.say(`另有 ${count} 条消息`, `${count} more messages`),
    );
  }

  private async endpointOf(row: OutgoingNotification): Promise<EndpointRow | null> {
    const rows = await this.transactions.manager.query<EndpointRow[]>(
      'SELECT kind, address, secret, enabled FROM channel_endpoint WHERE id = $1',
      [row.endpointId],
    );
    return rows[0] ?? null;
  }

  private async switchOff(row: OutgoingNotification, why: string): Promise<void> {
    this.logger.warn(`Robot ${row.endpointId} is switched off: ${why}`);
    await this.transactions.manager.query(
      'UPDATE channel_endpoint SET enabled = false, fault = $2 WHERE id = $1 AND enabled',
      [row.endpointId, why.slice(0, 500)],
    );
  }
}
