import type { ErrorText } from '../error-text.js';

export const matchRuleErrors = {
  'block.own-organisation': {
    status: 422,
    zh: '不能屏蔽本机构。同一机构的需求与成果本就不会互相匹配。',
    en: 'An organisation cannot block itself: its needs and capabilities are never matched anyway.',
  },
  'block.exists': {
    status: 409,
    zh: '“{name}”已在名单中，无需重复添加。',
    en: '“{name}” is on the list already.',
  },
  'block.not-found': {
    status: 404,
    zh: '该条屏蔽不存在或已解除，请刷新名单。',
    en: 'This block does not exist or was ended already: reload the list.',
  },
  'organisation.parent-below': {
    status: 422,
    zh: '“{name}”是本机构的下级单位，不能设为上级单位。',
    en: '“{name}” belongs to this organisation, so it cannot be above it.',
  },
  'capability.expiry-past': {
    status: 422,
    zh: '有效期至 {day}，已经过去。请改为今天或以后的日期，或留空。',
    en: 'It is valid until {day}, which is over: choose today or a later day, or leave it empty.',
  },
} as const satisfies Record<string, ErrorText>;
