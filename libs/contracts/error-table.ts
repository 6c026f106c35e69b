import { eventErrors } from './events/errors.js';
import { identityErrors } from './identity/errors.js';
import { importErrors } from './imports/errors.js';
import { marketErrors } from './market/errors.js';
import { matchRuleErrors } from './match-rules/errors.js';
import { matchingErrors } from './matching/errors.js';
import { meetingErrors } from './meetings/errors.js';
import { channelErrors } from './notifications/channel-errors.js';
import { notificationErrors } from './notifications/errors.js';
import { registrationErrors } from './registrations/errors.js';
import { resultErrors } from './results/errors.js';
import type { ErrorText } from './error-text.js';

const generalErrors = {
  'request.invalid': {
    status: 400,
    zh: '提交的内容有误，请按字段提示修改后重试。',
    en: 'The request has errors: correct the fields named below and try again.',
  },
  'request.too-large': {
    status: 413,
    zh: '提交的内容超过了 {limit} 的上限。',
    en: 'The request is larger than the limit of {limit}.',
  },
  'request.too-many': {
    status: 429,
    zh: '操作过于频繁，请在 {seconds} 秒后再试。',
    en: 'Too many requests: try again in {seconds} seconds.',
  },
  'request.cross-site': {
    status: 403,
    zh: '请求来自其他网站，已被拒绝。请在本平台页面中操作。',
    en: 'The request came from another site and was refused. Use the pages of this platform.',
  },
  'auth.sign-in': { status: 401, zh: '请先登录。', en: 'Sign in first.' },
  'auth.forbidden': {
    status: 403,
    zh: '您没有进行此操作的权限。如有需要，请联系活动组织方。',
    en: 'You are not allowed to do this. Ask the organizers if you need to.',
  },
  'record.not-found': {
    status: 404,
    zh: '没有找到该{what}，可能已被删除或您无权查看。',
    en: 'This was not found: it may have been removed, or is not visible to you.',
  },
  'record.changed': {
    status: 409,
    zh: '内容已被他人修改，请刷新后重试。',
    en: 'Somebody else changed this meanwhile: reload and try again.',
  },
  'transition.not-allowed': {
    status: 409,
    zh: '当前状态为“{from}”，不能执行“{action}”。',
    en: 'The state is “{from}”: “{action}” is not possible now.',
  },
  'server.failed': {
    status: 500,
    zh: '服务器出错，您的数据没有丢失。请稍后重试；若仍失败，请把编号 {id} 告知管理员。',
    en: 'The server failed; nothing of yours is lost. Try again later, or give number {id} to the administrator.',
  },
} as const satisfies Record<string, ErrorText>;

/** Every error the API can answer with. `{name}` is filled from the error's parameters. */
export const errorTable = {
  ...generalErrors,
  ...identityErrors,
  ...marketErrors,
  ...importErrors,
  ...eventErrors,
  ...registrationErrors,
  ...matchingErrors,
  ...matchRuleErrors,
  ...meetingErrors,
  ...notificationErrors,
  ...channelErrors,
  ...resultErrors,
} as const;

export type ErrorCode = keyof typeof errorTable;
