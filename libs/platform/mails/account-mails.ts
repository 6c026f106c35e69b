import type { TopicPayload } from '#libs/contracts/notifications/topics.js';
import type { MailContent, MailContext } from './mail-content.js';

const ignoreHint = (c: MailContext): string =>
  c.say(
    '如果这不是您本人的操作，请忽略本邮件，不会有任何改变。',
    'If this was not you, ignore this mail: nothing changes.',
  );

export function verifyEmail(payload: TopicPayload<'verify-email'>, c: MailContext): MailContent {
  return {
    subject: c.say('请验证您的邮箱', 'Confirm your e-mail address'),
    heading: c.say('验证邮箱', 'Confirm your address'),
    paragraphs: [
      c.say(
        '您正在用这个邮箱注册对接平台。点击下面的按钮完成验证，之后即可登录、报名活动和发布供需信息。',
        'You are signing up to Duijie with this address. Confirm it with the button below; then you can sign in, register for events and publish needs or capabilities.',
      ),
    ],
    actions: [{ label: c.say('验证邮箱', 'Confirm address'), href: c.href(payload.link) }],
    closing: ignoreHint(c),
  };
}

export function resetPassword(payload: TopicPayload<'reset-password'>, c: MailContext): MailContent {
  return {
    subject: c.say('重置您的登录密码', 'Reset your password'),
    heading: c.say('重置密码', 'Reset your password'),
    paragraphs: [
      c.say(
        '我们收到了重置密码的请求。点击下面的按钮设置新密码；链接只能使用一次，过期后请重新申请。',
        'We were asked to reset your password. Set a new one with the button below; the link works once and expires.',
      ),
    ],
    actions: [{ label: c.say('设置新密码', 'Set a new password'), href: c.href(payload.link) }],
    closing: ignoreHint(c),
  };
}

export function joinOrganisation(payload: TopicPayload<'join-organisation'>, c: MailContext): MailContent {
  const { organisation } = payload;
  const inviter = payload.inviter ?? c.say('该单位的管理员', 'An owner of it');
  return {
    subject: c.say(`邀请您加入“${organisation}”`, `Join ${organisation}`),
    heading: c.say(`加入“${organisation}”`, `Join ${organisation}`),
    paragraphs: [
      c.say(
        `${inviter}邀请您以“${organisation}”成员的身份使用对接平台：代表单位发布需求或成果、报名活动、参加一对一洽谈。`,
        `${inviter} invites you to use Duijie as a member of ${organisation}: to publish needs or capabilities, register for events and take part in 1:1 meetings on its behalf.`,
      ),
    ],
    actions: [{ label: c.say('接受邀请', 'Accept the invitation'), href: c.href(payload.link) }],
    closing: c.say('如果您不认识邀请人，请忽略本邮件。', 'If you do not know the sender, ignore this mail.'),
  };
}

export function alreadyRegistered(payload: TopicPayload<'already-registered'>, c: MailContext): MailContent {
  return {
    subject: c.say('您已经有账号了', 'You already have an account'),
    heading: c.say('这个邮箱已注册', 'This address has an account'),
    paragraphs: [
      c.say(
        '刚才有人用这个邮箱注册对接平台，但它已有账号，因此没有新建。如果是您本人，请直接登录；忘记密码可以在登录页重置。',
        'Somebody just signed up to Duijie with this address, but it has an account already, so none was made. If it was you, sign in; a forgotten password can be reset on the sign-in page.',
      ),
    ],
    actions: [{ label: c.say('去登录', 'Sign in'), href: c.href(payload.link) }],
    closing: ignoreHint(c),
  };
}

export function organisationVerified(
  payload: TopicPayload<'organisation-verified'>,
  c: MailContext,
): MailContent {
  const { organisation } = payload;
  const accepted = payload.outcome === 'verified';
  const heading = accepted
    ? c.say(`“${organisation}”已通过审核`, `${organisation} is verified`)
    : c.say(`“${organisation}”未通过审核`, `${organisation} could not be verified`);
  return {
    subject: heading,
    heading,
    paragraphs: [
      accepted
        ? c.say(
            '单位信息已核实，现在可以发布需求、成果，并参加对接活动。',
            'Its details were checked. Needs and capabilities can be published now, and it can take part in events.',
          )
        : c.say(
            '请按下面的说明修改单位信息后重新提交。',
            'Correct its details as described below and submit them again.',
          ),
    ],
    facts: [[c.say('审核意见', 'Note'), payload.note]],
    actions: [
      {
        label: c.say('查看单位信息', 'See the organisation'),
        href: c.href(payload.link ?? '/organisations'),
      },
    ],
  };
}
