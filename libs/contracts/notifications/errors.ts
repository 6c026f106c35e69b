import type { ErrorText } from '../error-text.js';

export const notificationErrors = {
  'delivery.not-found': {
    status: 404,
    zh: '没有找到该邮件记录，可能已被清理。请刷新列表。',
    en: 'This mail is not in the log: reload the list.',
  },
  'delivery.not-failed': {
    status: 409,
    zh: '只有发送失败的邮件可以重发；该邮件的状态已变化，请刷新列表。',
    en: 'Only failed mails can be sent again; this one is not failed any more. Reload the list.',
  },
  'delivery.superseded': {
    status: 409,
    zh: '之后已向该收件人发送了更新的日程邮件，重发旧邮件会造成混乱，因此不能重发。',
    en: 'A newer mail about the same calendar entry was sent since: the old one cannot be sent again.',
  },
  'delivery.not-cancellable': {
    status: 409,
    zh: '该邮件已发送或正在发送，不能取消。',
    en: 'This mail was sent or is being sent: it cannot be cancelled.',
  },
  'mailbox.off': {
    status: 404,
    zh: '邮件已通过邮件服务器发出，平台内没有收件箱。请在收件人自己的邮箱中查看。',
    en: 'Mails leave through a mail server, so there is no mailbox here: look into the recipient’s own.',
  },
  'mailbox.not-found': {
    status: 404,
    zh: '没有找到这封邮件，请返回收件箱刷新。',
    en: 'There is no such mail: go back to the mailbox and reload it.',
  },
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
