/** How the cells of one field are read. `list` names the code list of code fields. */
export interface ImportField {
  readonly field: string;
  readonly kind:
    'line' | 'text' | 'words' | 'code' | 'codes' | 'number' | 'integer' | 'day' | 'flag' | 'indicators';
  readonly list?: string;
  readonly max?: number;
  /** Column names that mean this field; compared without case, space and punctuation. The first is used in exports. */
  readonly names: readonly string[];
}

const both: readonly ImportField[] = [
  {
    field: 'title',
    kind: 'line',
    max: 200,
    names: ['名称', '标题', 'title', '技术需求名称', '成果名称', '需求名称', '项目名称'],
  },
  { field: 'keywords', kind: 'words', names: ['关键词', '关键字', 'keywords'] },
  {
    field: 'fields',
    kind: 'codes',
    list: 'technology-field',
    names: ['技术领域', 'fields', 'techfield', '领域'],
  },
  { field: 'regionCode', kind: 'code', list: 'region', names: ['所在地域', '地区', 'region', 'regioncode'] },
  { field: 'trlScheme', kind: 'line', max: 40, names: ['成熟度标准', 'trlscheme'] },
  { field: 'publicSummary', kind: 'text', max: 1000, names: ['公开摘要', 'publicsummary'] },
  { field: 'disclosure', kind: 'code', list: 'disclosure', names: ['公开方式', 'disclosure'] },
  { field: 'contactName', kind: 'line', max: 60, names: ['联系人', 'contactname'] },
  { field: 'contactPhone', kind: 'line', max: 40, names: ['联系电话', '手机', 'contactphone'] },
  { field: 'contactEmail', kind: 'line', max: 120, names: ['电子信箱', '邮箱', 'contactemail'] },
  { field: 'indicators', kind: 'indicators', names: ['技术指标', '主要指标', 'indicators'] },
];

const need: readonly ImportField[] = [
  {
    field: 'problem',
    kind: 'text',
    max: 20_000,
    names: ['主要问题', '需求内容', '正文', 'content', 'problem', '需求描述'],
  },
  { field: 'keyTech', kind: 'text', max: 20_000, names: ['技术关键', 'keytech'] },
  { field: 'expectedGoal', kind: 'text', max: 20_000, names: ['预期目标', 'expectedgoal'] },
  { field: 'existingBasis', kind: 'text', max: 20_000, names: ['现有基础条件', '工作基础', 'existingbasis'] },
  { field: 'needKind', kind: 'code', list: 'need-kind', names: ['需求类型', 'needkind'] },
  {
    field: 'solveModes',
    kind: 'codes',
    list: 'solve-mode',
    names: ['合作模式', '技术需求解决方式', 'solvemodes'],
  },
  { field: 'activityType', kind: 'code', list: 'activity-type', names: ['科技活动类型', 'activitytype'] },
  { field: 'industry', kind: 'code', list: 'industry', names: ['应用行业', 'industry'] },
  { field: 'targetTrl', kind: 'integer', names: ['期望成熟度', 'targettrl'] },
  {
    field: 'budgetMinWan',
    kind: 'number',
    names: ['拟投入资金下限（万元）', '经费下限（万元）', '经费下限', 'budgetminwan'],
  },
  {
    field: 'budgetMaxWan',
    kind: 'number',
    names: ['拟投入资金上限（万元）', '拟投入资金总额', '经费上限（万元）', '经费上限', 'budgetmaxwan'],
  },
  { field: 'budgetNegotiable', kind: 'flag', names: ['经费面议', 'budgetnegotiable'] },
  { field: 'periodStart', kind: 'day', names: ['需求开始日期', 'periodstart'] },
  { field: 'periodEnd', kind: 'day', names: ['需求截止日期', '需求时限', 'periodend'] },
  { field: 'expiresAt', kind: 'day', names: ['有效期至', '有效期', 'expiresat'] },
  { field: 'source', kind: 'code', list: 'need-source', names: ['信息来源', 'source'] },
];

const capability: readonly ImportField[] = [
  {
    field: 'abstract',
    kind: 'text',
    max: 20_000,
    names: ['成果简介', '摘要', '正文', 'content', 'abstract'],
  },
  { field: 'keyTech', kind: 'text', max: 20_000, names: ['关键技术', 'keytech'] },
  { field: 'market', kind: 'text', max: 20_000, names: ['应用领域与市场', '市场前景', 'market'] },
  { field: 'useState', kind: 'text', max: 20_000, names: ['应用状态', 'usestate'] },
  { field: 'kind', kind: 'code', list: 'capability-kind', names: ['成果类别', 'kind'] },
  { field: 'form', kind: 'code', list: 'capability-form', names: ['成果体现形式', 'form'] },
  { field: 'stage', kind: 'code', list: 'capability-stage', names: ['成果所处阶段', 'stage'] },
  { field: 'trl', kind: 'integer', names: ['技术成熟度', 'trl'] },
  { field: 'transferModes', kind: 'codes', list: 'transfer-mode', names: ['拟转化方式', 'transfermodes'] },
  { field: 'priceMinWan', kind: 'number', names: ['期望价格下限（万元）', '期望价格', 'priceminwan'] },
  { field: 'priceMaxWan', kind: 'number', names: ['期望价格上限（万元）', 'pricemaxwan'] },
  { field: 'priceNegotiable', kind: 'flag', names: ['价格面议', 'pricenegotiable'] },
  { field: 'level', kind: 'code', list: 'achievement-level', names: ['成果水平', 'level'] },
  { field: 'people', kind: 'words', names: ['完成人', 'people'] },
];

export type ImportKind = 'need' | 'capability';

/** Columns that files of needs and of capabilities may have. */
export const importFields: Record<ImportKind, readonly ImportField[]> = {
  need: [...both, ...need],
  capability: [...both, ...capability],
};

/** Columns that hold the file's own number of a row. */
export const EXTERNAL_NO_NAMES = [
  '外部编号',
  '编号',
  '序号',
  'externalno',
  'id',
  'no',
  '需求编号',
  '成果编号',
  '登记号',
];
/** Columns that hold the organisation, by full name or 统一社会信用代码. */
export const ORGANISATION_NAMES = [
  '机构全称',
  '单位名称',
  '完成单位',
  '企业名称',
  'organisation',
  'organization',
  '统一社会信用代码',
  'uscc',
];
