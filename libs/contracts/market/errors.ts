import type { ErrorText } from '../error-text.js';

export const marketErrors = {
  'need.classified': {
    status: 422,
    zh: '涉及国家秘密的技术需求不得在互联网平台填报，本次内容未被保存。请停止在线填写，联系本单位保密工作机构，由其按涉密渠道报送科技主管部门。',
    en: 'State secrets must not be entered online; nothing of this was stored. Stop here and ask the secrecy office of your organisation, which reports such needs to the science and technology bureau by its own channel.',
  },
  'capability.classified': {
    status: 422,
    zh: '涉及国家秘密的成果不得在互联网平台发布，本次内容未被保存。请停止在线填写，联系本单位保密工作机构，由其按涉密渠道办理。',
    en: 'State secrets must not be entered online; nothing of this was stored. Stop here and ask the secrecy office of your organisation, which handles such results by its own channel.',
  },
  'market.incomplete': {
    status: 422,
    zh: '还有 {count} 项必填内容未填写，请补充后再操作。',
    en: '{count} required fields are empty: fill them in and try again.',
  },
  'need.expiry-past': {
    status: 422,
    zh: '信息有效期至 {day}，已经过去。请把有效期改为今天或以后的日期，或留空。',
    en: 'It is valid until {day}, which is over: choose today or a later day.',
  },
  'market.grantee-unknown': {
    status: 422,
    zh: '没有找到“{name}”。请填写机构全称，或已注册人员的邮箱。',
    en: 'There is no “{name}”: give the full name of an organisation or the e-mail of a registered person.',
  },
} as const satisfies Record<string, ErrorText>;
