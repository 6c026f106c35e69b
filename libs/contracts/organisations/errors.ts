import type { ErrorText } from '../error-text.js';

export const organisationErrors = {
  'organisation.not-found': {
    status: 404,
    zh: '没有找到该机构，可能已被删除，或尚未通过认证。',
    en: 'There is no such organisation, or it is not verified yet.',
  },
  'organisation.uscc-length': {
    status: 400,
    zh: '统一社会信用代码应为 18 位，请对照营业执照或法人证书核对。',
    en: 'A unified social credit code has 18 characters: compare it with the licence.',
  },
  'organisation.uscc-alphabet': {
    status: 400,
    zh: '统一社会信用代码只含数字和大写字母（不含 I、O、S、V、Z），请核对。',
    en: 'A unified social credit code has digits and capital letters without I, O, S, V and Z: check it.',
  },
  'organisation.uscc-check-digit': {
    status: 400,
    zh: '统一社会信用代码的校验位不符，可能有一位输错，请对照证照核对。',
    en: 'The check character of the code does not fit: one character may be mistyped.',
  },
  'organisation.uscc-taken': {
    status: 409,
    zh: '该统一社会信用代码已由“{name}”登记，无需重复登记。请让该机构的管理员在机构页面的“成员”中邀请您加入；无法联系时请找活动组织方。',
    en: 'This code is registered for “{name}” already. Ask an owner of that organisation to invite you (page of the organisation, Members), or ask the organizers.',
  },
  'organisation.contact-sealed': {
    status: 403,
    zh: '该机构的联系方式未向您公开。双方确认对接意向后即可查看。',
    en: 'The contact of this organisation is not open to you. It opens once both sides confirm their interest.',
  },
  'organisation.already-verified': {
    status: 409,
    zh: '该机构已通过认证，无需重复操作。',
    en: 'This organisation is verified already.',
  },
  'organisation.already-rejected': {
    status: 409,
    zh: '该机构的认证已被退回，请等待机构修改后重新提交。',
    en: 'This organisation was returned already: wait until it is corrected.',
  },
  'organisation.last-owner': {
    status: 409,
    zh: '机构至少需要一位管理员。请先将另一位成员设为管理员。',
    en: 'An organisation needs at least one owner: make another member an owner first.',
  },
  'organisation.already-member': {
    status: 409,
    zh: '{email} 已经是该机构的成员。',
    en: '{email} is a member of this organisation already.',
  },
  'organisation.you-are-member': {
    status: 409,
    zh: '您已经是“{name}”的成员，无需再次加入。',
    en: 'You are a member of “{name}” already.',
  },
  'organisation.member-not-found': {
    status: 404,
    zh: '该机构没有这位成员，请刷新成员列表。',
    en: 'This organisation has no such member: reload the list.',
  },
  'organisation.invitation-not-found': {
    status: 404,
    zh: '该邀请不存在、已被接受或已撤回。',
    en: 'This invitation was accepted or withdrawn already.',
  },
} as const satisfies Record<string, ErrorText>;
