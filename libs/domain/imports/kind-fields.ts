import type { RecordKind } from '../market/record-kinds.js';
import { importFields, type ImportField, type ImportKind } from './import-fields.js';

const codes = (field: string, list: string, ...names: string[]): ImportField => ({
  field,
  kind: 'codes',
  list,
  names,
});
const code = (field: string, list: string, ...names: string[]): ImportField => ({
  field,
  kind: 'code',
  list,
  names,
});
const plain = (field: string, kind: ImportField['kind'], ...names: string[]): ImportField => ({
  field,
  kind,
  names,
});

const CLASSES = [
  codes('facts.grades', 'school-stage', '学段', '年级', 'grades'),
  codes('facts.subjects', 'school-subject', '学科', 'subjects'),
  codes('facts.venues', 'lesson-venue', '活动方式', 'venues'),
  plain('facts.minutes', 'integer', '时长（分钟）', 'minutes'),
];
const AVAILABLE = [
  plain('facts.availableFrom', 'day', '可安排起始日期', 'availablefrom'),
  plain('facts.availableTo', 'day', '可安排截止日期', 'availableto'),
];

/** Columns that only files of one kind have; those of a common field add names to it. */
const KIND_FIELDS: Readonly<Record<RecordKind, readonly ImportField[]>> = {
  technology: [],
  achievement: [],
  outreach: [
    plain('title', 'line', '活动主题'),
    plain('problem', 'text', '活动需求'),
    plain('periodStart', 'day', '期望日期从'),
    plain('periodEnd', 'day', '期望日期到'),
    ...CLASSES,
    plain('facts.pupils', 'integer', '学生人数', 'pupils'),
  ],
  financing: [
    plain('title', 'line', '融资需求名称'),
    plain('problem', 'text', '资金用途'),
    plain('existingBasis', 'text', '经营情况'),
    plain('budgetMinWan', 'number', '融资金额下限（万元）', '融资金额下限'),
    plain('budgetMaxWan', 'number', '融资金额上限（万元）', '融资金额上限', '融资金额'),
    codes('facts.financingKinds', 'financing-kind', '融资方式', 'financingkinds'),
    code('facts.enterpriseStage', 'enterprise-stage', '企业发展阶段', 'enterprisestage'),
    code('facts.revenueBand', 'revenue-band', '年营业收入', 'revenueband'),
    plain('facts.termMonths', 'integer', '融资期限（月）', '融资期限', 'termmonths'),
    codes('facts.securities', 'security-kind', '增信方式', '可提供的增信', 'securities'),
    codes('facts.qualifications', 'enterprise-status', '企业资质', 'qualifications'),
  ],
  expert: [
    plain('title', 'line', '姓名与研究方向', '专家姓名', '姓名'),
    plain('abstract', 'text', '专家简介'),
    plain('keyTech', 'text', '能解决的问题'),
    codes('transferModes', 'transfer-mode', '可提供的服务'),
    code('facts.titleLevel', 'expert-title', '职称', 'titlelevel'),
    plain('facts.position', 'line', '职务', 'position'),
    plain('facts.daysPerYear', 'integer', '每年可投入天数', 'daysperyear'),
    ...AVAILABLE,
  ],
  lesson: [
    plain('title', 'line', '课程名称'),
    plain('abstract', 'text', '课程简介'),
    plain('keyTech', 'text', '学生动手做什么'),
    plain('people', 'words', '主讲人'),
    ...CLASSES,
    plain('facts.pupilsMin', 'integer', '最少人数', 'pupilsmin'),
    plain('facts.pupilsMax', 'integer', '最多人数', 'pupilsmax'),
    plain('facts.free', 'flag', '是否免费', 'free'),
    ...AVAILABLE,
  ],
  'finance-product': [
    plain('title', 'line', '产品名称'),
    plain('abstract', 'text', '产品介绍'),
    plain('market', 'text', '申请条件与流程', '申请条件'),
    codes('facts.financingKinds', 'financing-kind', '融资方式', 'financingkinds'),
    plain('facts.amountMinWan', 'number', '最低额度（万元）', '最低额度', 'amountminwan'),
    plain('facts.amountMaxWan', 'number', '最高额度（万元）', '最高额度', 'amountmaxwan'),
    plain('facts.termMinMonths', 'integer', '最短期限（月）', '最短期限', 'termminmonths'),
    plain('facts.termMaxMonths', 'integer', '最长期限（月）', '最长期限', 'termmaxmonths'),
    codes('facts.securities', 'security-kind', '增信方式', '可接受的增信', 'securities'),
    codes('facts.stages', 'enterprise-stage', '适用企业阶段', 'stages'),
    codes('facts.revenueBands', 'revenue-band', '适用营收规模', 'revenuebands'),
    codes('facts.qualifications', 'enterprise-status', '要求的企业资质', '企业资质', 'qualifications'),
    plain('facts.rate', 'line', '年化成本', 'rate'),
  ],
};

/** Columns of a technology form that the other forms do not have. */
const TECHNOLOGY_ONLY = new Set([
  'trlScheme',
  'indicators',
  'needKind',
  'solveModes',
  'activityType',
  'targetTrl',
  'kind',
  'form',
  'stage',
  'trl',
  'level',
]);

/** Columns that a file of a kind of records may have. */
export function importFieldsOf(kind: ImportKind, recordKind: RecordKind | null): readonly ImportField[] {
  const own = recordKind === null ? [] : KIND_FIELDS[recordKind];
  if (own.length === 0) return importFields[kind];
  const added = new Map(own.map((field) => [field.field, field]));
  const common = importFields[kind]
    .filter(({ field }) => !TECHNOLOGY_ONLY.has(field))
    .map((field) => ({ ...field, names: [...(added.get(field.field)?.names ?? []), ...field.names] }));
  const known = new Set(common.map(({ field }) => field));
  return [...common, ...own.filter(({ field }) => !known.has(field))];
}
