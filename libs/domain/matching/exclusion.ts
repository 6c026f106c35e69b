/** Why a pair is never proposed, with what the reason rests on. Instants are ISO 8601 in UTC. */
export type Exclusion =
  | { readonly code: 'need-expired' | 'capability-expired'; readonly at: string }
  | { readonly code: 'need-paused' | 'need-closed' | 'need-directed' }
  | { readonly code: 'capability-paused' | 'capability-closed' | 'capability-directed' | 'not-published' }
  | { readonly code: 'same-organisation' | 'same-group' | 'dispute' }
  /** `statedBy`: organisation that asked to be kept apart from the other. */
  | { readonly code: 'competitor' | 'blocked'; readonly statedBy: string }
  /** Open mutual pairs reached the stated limit of the capability or of its organisation. */
  | {
      readonly code: 'quota';
      readonly of: 'capability' | 'organisation';
      readonly limit: number;
      readonly open: number;
    }
  /** What a side reads instead of a block that the other side or the organizers made. */
  | { readonly code: 'conflict' };

export type ExclusionCode = Exclusion['code'];

/** Who reads an exclusion. */
export interface ExclusionReader {
  readonly staff: boolean;
  readonly organisationIds: readonly string[];
}

/** The exclusion as a reader may know it: blocks are told to those who stated them and to staff only. */
export function openExclusion(exclusion: Exclusion, reader: ExclusionReader): Exclusion {
  if (reader.staff) return exclusion;
  if (exclusion.code === 'dispute') return { code: 'conflict' };
  if (exclusion.code !== 'competitor' && exclusion.code !== 'blocked') return exclusion;
  return reader.organisationIds.includes(exclusion.statedBy) ? exclusion : { code: 'conflict' };
}

const SENTENCES = {
  'zh-CN': {
    'need-expired': '需求已于 {at} 到期',
    'need-paused': '需求已暂停匹配',
    'need-closed': '需求不公开，不参与匹配',
    'need-directed': '需求为定向公开，仅与获授权的机构匹配',
    'capability-expired': '成果已于 {at} 到期',
    'capability-paused': '成果已暂停匹配',
    'capability-closed': '成果不公开，不参与匹配',
    'capability-directed': '成果为定向公开，仅与获授权的机构匹配',
    'not-published': '成果未发布',
    'same-organisation': '双方为同一机构',
    'same-group': '双方属于同一集团或上级单位',
    dispute: '双方存在组织方登记的争议',
    competitor: '一方已将另一方列为竞争对手',
    blocked: '一方已设置不与另一方对接',
    'quota-capability': '该成果名额已满（同时洽谈 {open}/{limit}）',
    'quota-organisation': '该机构名额已满（同时洽谈 {open}/{limit}）',
    conflict: '双方存在不宜对接的情形',
  },
  en: {
    'need-expired': 'The need ended on {at}',
    'need-paused': 'Matching of the need is paused',
    'need-closed': 'The need is not disclosed and takes no part in matching',
    'need-directed': 'The need is directed: it is matched only with the organisations it was opened to',
    'capability-expired': 'The capability ended on {at}',
    'capability-paused': 'Matching of the capability is paused',
    'capability-closed': 'The capability is not disclosed and takes no part in matching',
    'capability-directed':
      'The capability is directed: it is matched only with the organisations it was opened to',
    'not-published': 'The capability is not published',
    'same-organisation': 'Both belong to the same organisation',
    'same-group': 'Both organisations belong to one group',
    dispute: 'The organizers recorded a dispute between the two organisations',
    competitor: 'One organisation named the other a competitor',
    blocked: 'One organisation does not wish to be matched with the other',
    'quota-capability': 'The capability has no free place ({open} of {limit} talks open)',
    'quota-organisation': 'The organisation has no free place ({open} of {limit} talks open)',
    conflict: 'The two organisations are not matched with each other',
  },
} as const;

/** The day of an instant in Asia/Shanghai; an expiry is the midnight that ends its last day. */
const lastDay = (instant: string) =>
  new Date(Date.parse(instant) - 1 + 8 * 3_600_000).toISOString().slice(0, 10);

/** One sentence for a reader of `locale`. */
export function formatExclusion(exclusion: Exclusion, locale: 'zh-CN' | 'en'): string {
  const sentences = SENTENCES[locale];
  if (exclusion.code === 'quota')
    return sentences[`quota-${exclusion.of}`]
      .replace('{open}', String(exclusion.open))
      .replace('{limit}', String(exclusion.limit));
  const sentence = sentences[exclusion.code];
  return 'at' in exclusion ? sentence.replace('{at}', lastDay(exclusion.at)) : sentence;
}

const CONFLICTS: ReadonlySet<ExclusionCode> = new Set([
  'same-organisation',
  'same-group',
  'dispute',
  'competitor',
  'blocked',
  'conflict',
]);

/** True when the two organisations must be kept apart: that ends even a pair in which interest was voiced. */
export const isConflict = (exclusion: Exclusion): boolean => CONFLICTS.has(exclusion.code);
