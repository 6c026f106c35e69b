import type { RobotKind } from './robot-requests.js';

/** An HTTP answer; `status` null when nobody answered. */
export interface HttpAnswer {
  readonly status: number | null;
  readonly body: string;
  /** From Retry-After or a service's own header, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** `config`: key, sign or keyword are wrong, and every further message would fail: the robot is switched off. */
export type RobotAnswer =
  | { readonly kind: 'sent' }
  | { readonly kind: 'rate'; readonly waitMs: number }
  | { readonly kind: 'retry' }
  | { readonly kind: 'config' }
  | { readonly kind: 'refused' };

const MINUTE = 60_000;
/** Business errors come with HTTP 200. Sources: the services' documents of their error codes. */
const RATE: Readonly<Record<RobotKind, ReadonlyMap<number, number>>> = {
  'wecom-robot': new Map([[45009, MINUTE]]),
  // After 20 messages a minute the robot is silenced for ten minutes.
  'dingtalk-robot': new Map([
    [130101, 10 * MINUTE],
    [410100, 10 * MINUTE],
  ]),
  'feishu-robot': new Map([
    [11232, MINUTE],
    [99991400, MINUTE],
  ]),
};
const CONFIG: Readonly<Record<RobotKind, ReadonlySet<number>>> = {
  'wecom-robot': new Set([93000, 40001, 40014]),
  'dingtalk-robot': new Set([300005, 300001, 310000, 400013, 400101]),
  'feishu-robot': new Set([19001, 19021, 19022, 19024]),
};
const BUSY = new Set([-1, 500000, 19100]);

/** What a service's answer means. An answer that is no JSON or has no code is no success. */
export function readRobotAnswer(kind: RobotKind, answer: HttpAnswer): RobotAnswer {
  if (answer.status === 429) return { kind: 'rate', waitMs: answer.retryAfterMs ?? MINUTE };
  if (answer.status === null || answer.status >= 500) return { kind: 'retry' };
  const code = codeOf(kind, answer.body);
  if (code === null) return { kind: answer.status < 300 ? 'retry' : 'refused' };
  if (code === 0) return { kind: 'sent' };
  const waitMs = RATE[kind].get(code);
  if (waitMs !== undefined) return { kind: 'rate', waitMs: answer.retryAfterMs ?? waitMs };
  if (CONFIG[kind].has(code)) return { kind: 'config' };
  return { kind: BUSY.has(code) ? 'retry' : 'refused' };
}

function codeOf(kind: RobotKind, body: string): number | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return null;
    const fields = parsed as Record<string, unknown>;
    const code = kind === 'feishu-robot' ? (fields['code'] ?? fields['StatusCode']) : fields['errcode'];
    return typeof code === 'number' ? code : null;
  } catch {
    return null;
  }
}
