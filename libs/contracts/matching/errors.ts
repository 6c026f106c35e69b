import type { ErrorText } from '../error-text.js';

export const matchingErrors = {
  'match.not-yours': {
    status: 403,
    zh: '只有供需双方机构的成员可以答复该匹配。',
    en: 'Only members of the two organisations of this match can answer it.',
  },
  'match.reason-needed': {
    status: 400,
    zh: '请选择暂不考虑的原因，以便改进后续匹配。',
    en: 'Choose a reason for declining: it improves the next matches.',
  },
  'match.not-mutual': {
    status: 403,
    zh: '双方都表示有意向后才能查看联系方式。',
    en: 'Contact details open when both sides are interested.',
  },
  'match.settled': {
    status: 409,
    zh: '该匹配已有洽谈或成交记录，不能撤回意向。请在对应的洽谈或成交中处理。',
    en: 'This match has a meeting or a deal already: its interest cannot be withdrawn. Settle it there.',
  },
  'match.off-market': {
    status: 409,
    zh: '该需求或成果已不在展示中（已撤回、到期或另有结果），不能再表示意向。重新发布后可以答复。',
    en: 'This need or capability is off the market (withdrawn, expired or settled): interest cannot be stated now. Answer once it is published again.',
  },
  'match-run.subject': {
    status: 400,
    zh: '全部匹配不能指定条目；按需求或成果匹配时必须指定一条已发布的条目。',
    en: 'A run over everything names no record; a run for a need or capability names one that is published.',
  },
  'match.compare': {
    status: 422,
    zh: '只能对比同一条需求或同一项成果的 2 至 4 条匹配。',
    en: 'Compare two to four matches of one need or of one capability.',
  },
  'match.pair-excluded': {
    status: 422,
    zh: '该需求与成果不能配对：{because}',
    en: 'This need and this capability cannot be paired: {because}',
  },
  'match.hide-mutual': {
    status: 409,
    zh: '双方已表示有意向，不能再隐藏该匹配。',
    en: 'Both sides are interested already: the match cannot be hidden any more.',
  },
  'match-model.training': {
    status: 409,
    zh: '已有模型正在训练，请等它完成后再开始。',
    en: 'A model is being trained: start the next one when it is done.',
  },
  'match-model.state': {
    status: 409,
    zh: '只有训练完成的模型可以启用，只有启用中的训练模型可以停用。',
    en: 'Only a trained model can be activated, and only the active one retired.',
  },
} as const satisfies Record<string, ErrorText>;
