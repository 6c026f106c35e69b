import type { NotificationConfig } from '#config/notification-config.js';
import { dingtalkSign, feishuSign } from './sign.js';

export type RobotKind = 'wecom-robot' | 'dingtalk-robot' | 'feishu-robot';

/** A robot with its secrets opened. `address` is the key, access token or hook token of its URL. */
export interface Robot {
  readonly kind: RobotKind;
  readonly address: string;
  readonly secret: string | null;
}

/** Octets of UTF-8 that a text message may have; 飞书 limits the whole body to 20 KB. */
export const ROBOT_TEXT_OCTETS: Readonly<Record<RobotKind, number>> = {
  'wecom-robot': 2048,
  'dingtalk-robot': 18_000,
  'feishu-robot': 16_000,
};

/** Messages a minute that stay below what each service takes before it blocks (20, 20, and 100 and 5 a second). */
export const ROBOT_PER_MINUTE: Readonly<Record<RobotKind, number>> = {
  'wecom-robot': 18,
  'dingtalk-robot': 18,
  'feishu-robot': 60,
};

export interface HttpRequest {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** The request by which a robot says `text`; text messages, which give markup no meaning. */
export function robotRequest(
  robot: Robot,
  text: string,
  urls: NotificationConfig['robotUrls'],
  now: Date,
): HttpRequest {
  const say = { content: text };
  if (robot.kind === 'wecom-robot') {
    const url = `${urls.wecom}/cgi-bin/webhook/send?key=${encodeURIComponent(robot.address)}`;
    return { url, headers: JSON_HEADERS, body: JSON.stringify({ msgtype: 'text', text: say }) };
  }
  if (robot.kind === 'dingtalk-robot') {
    const query = new URLSearchParams({ access_token: robot.address });
    if (robot.secret !== null) {
      query.set('timestamp', String(now.getTime()));
      query.set('sign', dingtalkSign(now.getTime(), robot.secret));
    }
    const body = JSON.stringify({ msgtype: 'text', text: say, at: { isAtAll: false } });
    return { url: `${urls.dingtalk}/robot/send?${query.toString()}`, headers: JSON_HEADERS, body };
  }
  const seconds = Math.floor(now.getTime() / 1000);
  const signed =
    robot.secret === null ? {} : { timestamp: String(seconds), sign: feishuSign(seconds, robot.secret) };
  const body = JSON.stringify({ ...signed, msg_type: 'text', content: { text } });
  return {
    url: `${urls.feishu}/open-apis/bot/v2/hook/${encodeURIComponent(robot.address)}`,
    headers: JSON_HEADERS,
    body,
  };
}
