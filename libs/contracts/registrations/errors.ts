import type { ErrorText } from '../error-text.js';

export const registrationErrors = {
  'registration.not-open': {
    status: 409,
    zh: '“{event}”尚未开放报名。请在报名开始后再来，开始时间见活动页面。',
    en: 'Registration for “{event}” has not opened yet: the event page says when it does.',
  },
  'registration.closed': {
    status: 409,
    zh: '“{event}”的报名已经结束。如需参加，请联系活动组织方。',
    en: 'Registration for “{event}” has closed: ask the organizers if you need to take part.',
  },
  'registration.event-over': {
    status: 409,
    zh: '“{event}”已经结束，不能再审核报名。',
    en: '“{event}” is over: registrations cannot be approved any more.',
  },
  'registration.event-cancelled': {
    status: 409,
    zh: '“{event}”已经取消，不能再审核报名或确认席位。',
    en: '“{event}” is cancelled: registrations cannot be approved and seats cannot be accepted any more.',
  },
  'registration.exists': {
    status: 409,
    zh: '您已报名“{event}”，每人只能有一份有效报名。请在“我的报名”中查看（{link}）。',
    en: 'You are registered for “{event}” already, and one registration is all there can be. See it at {link}.',
  },
  'registration.person-exists': {
    status: 409,
    zh: '{name} 已报名“{event}”，请在名单中查找。',
    en: '{name} is registered for “{event}” already: look in the list.',
  },
  'registration.group-too-large': {
    status: 409,
    zh: '一次报名最多 {max} 人，您填写了 {size} 人。请减少人数，或联系活动组织方。',
    en: 'One registration may bring {max} people and you entered {size}: bring fewer, or ask the organizers.',
  },
  'registration.not-member': {
    status: 403,
    zh: '您不是所选单位的成员，请选择自己所在的单位，或以个人身份报名。',
    en: 'You do not belong to that organisation: choose one of yours, or register as a person.',
  },
  'registration.answers-closed': {
    status: 409,
    zh: '报名已截止或活动已开始，不能再修改所填内容。如需更正，请联系活动组织方。',
    en: 'Answers cannot be changed any more, registration is over. Ask the organizers for corrections.',
  },
  'registration.checked-in': {
    status: 409,
    zh: '{name} 已签到，不能取消报名。如系误签，请先撤销签到。',
    en: '{name} has been checked in: the registration cannot be cancelled. Take a mistaken check-in back first.',
  },
  'registration.no-person': {
    status: 404,
    zh: '没有邮箱为 {email} 的用户。请对方先在平台注册，再添加。',
    en: 'Nobody has signed up with {email}: ask them to sign up first, then add them.',
  },
  'offer.link-invalid': {
    status: 404,
    zh: '链接无效，或已被新的通知取代。请使用最近一封邮件中的链接，或登录后在“我的报名”中操作。',
    en: 'The link is not valid or a newer mail replaced it: use the latest one, or sign in and open your registrations.',
  },
  'offer.expired': {
    status: 409,
    zh: '席位保留时间已过，席位已让给下一位。您可以重新报名进入候补名单。',
    en: 'The time to answer is over and the seats went to the next in line. You can register again.',
  },
  'ticket.not-confirmed': {
    status: 409,
    zh: '报名确认后才会生成入场票。',
    en: 'There is a ticket once the registration is confirmed.',
  },
  'check-in.unsigned': {
    status: 400,
    zh: '这不是本平台签发的入场码。请核对来源，或按姓名查找后签到。',
    en: 'This code was not issued by this platform: check where it came from, or find the person by name.',
  },
  'check-in.unknown-ticket': {
    status: 404,
    zh: '没有找到票号 {code}，请核对后重新输入，或按姓名查找。',
    en: 'There is no ticket {code}: check the code, or find the person by name.',
  },
  'check-in.other-event': {
    status: 409,
    zh: '这张票属于另一场活动：{event}（{name}）。',
    en: 'This ticket is for another event: {event} ({name}).',
  },
  'check-in.not-confirmed': {
    status: 409,
    zh: '{name} 的报名没有生效（已取消、候补或未审核），不能签到。请到报名名单处理。',
    en: 'The registration of {name} is not confirmed (cancelled, waiting or not approved): see the list of registrations.',
  },
  'check-in.event-not-running': {
    status: 409,
    zh: '“{event}”未发布、已取消或已归档，不能签到。',
    en: '“{event}” is not published, is cancelled or archived: nobody can be checked in.',
  },
  'check-in.too-early': {
    status: 409,
    zh: '“{event}”从 {at} 起才能签到，请确认没有选错活动。确需提前签到的，由组织者注明原因后办理。',
    en: 'Check-in for “{event}” begins at {at}: make sure that this is the right event. Organizers may go on with a reason.',
  },
  'check-in.too-late': {
    status: 409,
    zh: '“{event}”的签到已于 {at} 截止，请确认没有选错活动。确需补签的，由组织者注明原因后办理。',
    en: 'Check-in for “{event}” ended at {at}: make sure that this is the right event. Organizers may go on with a reason.',
  },
} as const satisfies Record<string, ErrorText>;
