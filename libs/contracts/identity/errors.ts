import type { ErrorText } from '../error-text.js';
import { organisationErrors } from '../organisations/errors.js';

const personErrors = {
  'auth.wrong-credentials': {
    status: 401,
    zh: '邮箱或密码不正确。请检查后重试，或使用“忘记密码”。',
    en: 'The e-mail address or the password is wrong. Check both, or use “Forgotten password”.',
  },
  'auth.email-not-verified': {
    status: 403,
    zh: '邮箱 {email} 尚未验证。请点击验证邮件中的链接；没有收到可以重新发送。',
    en: 'The address {email} is not verified yet. Follow the link in the mail, or have it sent again.',
  },
  'auth.account-disabled': {
    status: 403,
    zh: '该账号已被停用。如有疑问，请联系平台管理员。',
    en: 'This account is disabled. Ask the administrator of the platform.',
  },
  'auth.link-invalid': {
    status: 410,
    zh: '链接无效、已经使用过或已过期，请重新获取。',
    en: 'This link is not valid: it was used before, has expired or was replaced. Ask for a new one.',
  },
  'auth.password-short': {
    status: 400,
    zh: '密码至少需要 {min} 个字符。',
    en: 'The password needs at least {min} characters.',
  },
  'auth.password-guessable': {
    status: 400,
    zh: '密码不能与邮箱或姓名相同，也不能只由一个重复的字符组成，请换一个。',
    en: 'The password may not be your address or name, nor one repeated character: choose another.',
  },
  'auth.password-wrong': {
    status: 400,
    zh: '当前密码不正确。',
    en: 'The current password is wrong.',
  },
  'auth.administrator-exists': {
    status: 409,
    zh: '平台已有管理员，此链接不再有效。请登录，或请现有管理员为您授权。',
    en: 'There is an administrator already: sign in, or ask the administrator for the role.',
  },
  'auth.email-taken': {
    status: 409,
    zh: '邮箱 {email} 已被注册，请为管理员账号使用另一个邮箱。',
    en: 'The address {email} is registered already: use another one for the administrator.',
  },
  'session.not-found': {
    status: 404,
    zh: '没有找到该登录会话，可能已经退出。',
    en: 'There is no such session: it may have ended already.',
  },
  'person.not-found': {
    status: 404,
    zh: '没有找到该用户，请刷新列表。',
    en: 'There is no such person: reload the list.',
  },
  'person.last-administrator': {
    status: 409,
    zh: '“{name}”是最后一位平台管理员，不能停用或取消其管理员角色。请先任命另一位管理员。',
    en: '“{name}” is the last administrator and cannot be disabled or lose the role. Appoint another one first.',
  },
} as const satisfies Record<string, ErrorText>;

export const identityErrors = {
  ...personErrors,
  ...organisationErrors,
} as const satisfies Record<string, ErrorText>;
