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
  'held-address.not-found': {
    status: 404,
    zh: '该地址已不在暂停名单中，请刷新列表。',
    en: 'Mail to this address is not held back any more: reload the list.',
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
  'answer.not-found': {
    status: 404,
    zh: '链接无效或已失效。请使用最近一封邀请邮件中的链接。',
    en: 'This link is not valid, or not any more. Use the one in your latest invitation.',
  },
  'answer.closed': {
    status: 409,
    zh: '活动已取消或已结束，不再接受回复。',
    en: 'The event was called off or is over: it takes no answers any more.',
  },
  'proposal.not-found': {
    status: 404,
    zh: '没有找到该改期建议，请刷新页面。',
    en: 'There is no such proposal: reload the page.',
  },
  'proposal.decided': {
    status: 409,
    zh: '该改期建议已处理，请刷新页面。',
    en: 'This proposal was decided already: reload the page.',
  },
  'proposal.of-meeting': {
    status: 409,
    zh: '一对一洽谈请在洽谈日程中调整时间，调整后双方会收到更新；也可以婉拒该建议。',
    en: 'Move a 1:1 meeting on the timetable: both sides are told. Or decline the proposal.',
  },
  'proposal.past': {
    status: 409,
    zh: '建议的时间已经过去，不能改到该时间。可以婉拒该建议。',
    en: 'The proposed time is over: the event cannot be moved to it. Decline the proposal.',
  },
  'proposal.same-time': {
    status: 409,
    zh: '活动已经安排在建议的时间，无需改期。可以关闭该建议。',
    en: 'The event takes place at the proposed time already. Close the proposal.',
  },
  'proposal.not-taken': {
    status: 409,
    zh: '目前安排不是建议的时间，请刷新页面后采纳或婉拒该建议。',
    en: 'It takes place at another time than the proposed one. Reload the page, then accept or decline.',
  },
  'inbound.not-found': {
    status: 404,
    zh: '没有找到这封来信，请刷新列表。',
    en: 'There is no such mail: reload the list.',
  },
  'inbound.settled': {
    status: 409,
    zh: '只有待处理的来信可以采纳或忽略；该来信的状态已变化，请刷新列表。',
    en: 'Only mails that wait for a decision can be settled; this one changed. Reload the list.',
  },
  'inbound.never-issued': {
    status: 409,
    zh: '未记录任何答复：信中所答的是第 {sequence} 版日程，而平台只发出到第 {issued} 版。来信仍待处理，请与对方核实，或忽略。',
    en: 'Nothing was recorded: the mail answers revision {sequence}, and the latest that was sent is {issued}. It stays open; ask the attendee, or set it aside.',
  },
  'inbound.obsolete': {
    status: 409,
    zh: '未记录任何答复：信中所答的是第 {sequence} 版日程，之后已发出第 {issued} 版，对方需要重新答复。来信仍待处理，可以忽略。',
    en: 'Nothing was recorded: the mail answers revision {sequence}, and revision {issued} was sent since, which asks again. It stays open; set it aside.',
  },
  'inbound.called-off': {
    status: 409,
    zh: '未记录任何答复：该活动或邀请已取消。来信仍待处理，可以忽略。',
    en: 'Nothing was recorded: the event or the invitation was called off. The mail stays open; set it aside.',
  },
  'inbound.off': {
    status: 404,
    zh: '本平台未开启来信接口。',
    en: 'This installation takes no mails over HTTP.',
  },
  'feed.not-found': {
    status: 404,
    zh: '日历订阅地址无效或已被撤销。请在“我的账号”中重新获取。',
    en: 'This calendar address is not valid or was revoked. Get a new one in your account.',
  },
} as const satisfies Record<string, ErrorText>;
