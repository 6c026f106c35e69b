import { formatExclusion, openExclusion, type ExclusionReader } from '#libs/domain/matching/exclusion.js';
import type { PairExclusion } from '#libs/persistence/matching/find-pair-exclusion.js';

export interface ExclusionView {
  code: string;
  zh: string;
  en: string;
}

/** What the rules of organisations and records do not say. */
const SENTENCES = {
  'need-not-published': { zh: '需求未发布或已结束', en: 'The need is not published, or settled' },
  'other-kind': { zh: '两者的类型不能相互匹配', en: 'Records of these two kinds are not matched' },
  'no-common-grade': { zh: '没有共同的学段', en: 'They have no grade in common' },
  'no-common-venue': { zh: '没有共同的授课地点或方式', en: 'They have no venue in common' },
  'not-available': { zh: '所需时间内没有空档', en: 'It is not available in the time asked for' },
  'amount-out-of-range': { zh: '所需金额不在可提供的范围内', en: 'The amount asked for is out of its range' },
} as const;
type OtherExclusion = Extract<PairExclusion, { readonly code: keyof typeof SENTENCES }>;

const isOther = (exclusion: PairExclusion): exclusion is OtherExclusion =>
  Object.hasOwn(SENTENCES, exclusion.code);

/** Says neither who hid the pair nor why. */
export const NOT_OFFERED: ExclusionView = {
  code: 'not-offered',
  zh: '平台暂不展示该组合',
  en: 'The platform does not show this pair at present',
};

/** The rule that forbids a pair, as the reader may know it. */
export function exclusionView(exclusion: PairExclusion, reader: ExclusionReader): ExclusionView {
  if (isOther(exclusion)) return { code: exclusion.code, ...SENTENCES[exclusion.code] };
  const open = openExclusion(exclusion, reader);
  return { code: open.code, zh: formatExclusion(open, 'zh-CN'), en: formatExclusion(open, 'en') };
}
