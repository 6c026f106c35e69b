import { formatExclusion, openExclusion, type ExclusionReader } from '#libs/domain/matching/exclusion.js';
import type { PairExclusion } from '#libs/persistence/matching/find-pair-exclusion.js';

interface ExclusionView {
  code: string;
  zh: string;
  en: string;
}

const NEED_NOT_PUBLISHED: ExclusionView = {
  code: 'need-not-published',
  zh: '需求未发布或已结束',
  en: 'The need is not published, or settled',
};

/** Says neither who hid the pair nor why. */
export const NOT_OFFERED: ExclusionView = {
  code: 'not-offered',
  zh: '平台暂不展示该组合',
  en: 'The platform does not show this pair at present',
};

/** The rule that forbids a pair, as the reader may know it. */
export function exclusionView(exclusion: PairExclusion, reader: ExclusionReader): ExclusionView {
  if (exclusion.code === 'need-not-published') return NEED_NOT_PUBLISHED;
  const open = openExclusion(exclusion, reader);
  return { code: open.code, zh: formatExclusion(open, 'zh-CN'), en: formatExclusion(open, 'en') };
}
