import type { ErrorText } from '../error-text.js';

export const channelErrors = {
  'unsubscribe.not-valid': {
    status: 404,
    zh: '退订链接无效。请登录后在“通知设置”中修改。',
    en: 'This link is not valid: sign in and change the notification settings.',
  },
  'place.not-found': {
    status: 404,
    zh: '没有找到该机器人或推送地址，可能已被删除。请刷新页面。',
    en: 'This robot or webhook is gone: reload the page.',
  },
  'place.not-yours': {
    status: 403,
    zh: '只有单位管理员可以设置本单位的机器人和推送地址。',
    en: 'Only owners of the organisation set its robots and webhooks.',
  },
  'robot.needs-address': {
    status: 400,
    zh: '请填写机器人的 Webhook 地址或其中的密钥。',
    en: 'Enter the robot’s webhook address or the key in it.',
  },
  'webhook.private': {
    status: 400,
    zh: '推送地址必须是公网 https 地址。',
    en: 'A webhook needs a public https address.',
  },
  'webhook.rotated-often': {
    status: 409,
    zh: '24 小时内更换密钥的次数过多，更早的密钥仍在使用中。请使用最近一次的密钥，明天再更换。',
    en: 'The secret was changed too often within a day, and the earlier ones still sign. Use the latest; change it again tomorrow.',
  },
  'template.test-needs-event': {
    status: 409,
    zh: '该品牌下还没有活动，无法发送测试邮件。请先新建一场活动（草稿即可）。',
    en: 'The programme has no event yet, so that its words have no mail to go with: make one first, a draft will do.',
  },
  'template.unknown-variable': {
    status: 400,
    zh: '模板中有未知变量：{names}。请从变量列表中选择。',
    en: 'The template has unknown variables: {names}. Choose from the list.',
  },
  'reminder.exists': {
    status: 409,
    zh: '已有相同时间的提醒。',
    en: 'There is a reminder at this time already.',
  },
  'reminder.not-found': {
    status: 404,
    zh: '没有找到该提醒，可能已被删除。请刷新页面。',
    en: 'This reminder is gone: reload the page.',
  },
} as const satisfies Record<string, ErrorText>;
