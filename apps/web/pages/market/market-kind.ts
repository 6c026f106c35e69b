import type { z } from 'zod';
import { capabilityCard, capabilityPage, capabilityView } from '#libs/contracts/market/capability.js';
import type { RecordKind } from '#libs/domain/market/record-kinds.js';
import type { recordCard, recordView } from '#libs/contracts/market/market-record.js';
import { needCard, needPage, needView } from '#libs/contracts/market/need.js';

/** A record as the pages read it: the common fields by name, those of its kind through the field table. */
export type MarketView = z.infer<typeof recordView> & Readonly<Record<string, unknown>>;
export type MarketCard = z.infer<typeof recordCard> & Readonly<Record<string, unknown>>;

/** How a field is shown and edited; `list` is the code list of its codes. */
export interface FieldSpec {
  readonly name: string;
  readonly input:
    | 'line'
    | 'text'
    | 'code'
    | 'codes'
    | 'tree'
    | 'trees'
    | 'words'
    | 'wan'
    | 'number'
    | 'day'
    | 'flag'
    | 'maturity'
    | 'indicators'
    | 'rights'
    | 'works';
  /** Stands among the facts that only records of this kind have. */
  readonly fact?: boolean;
  readonly list?: string;
  readonly max?: number;
}
export interface FormStep {
  readonly key: string;
  readonly fields: readonly FieldSpec[];
}

export interface MarketKind {
  readonly kind: 'need' | 'capability';
  /** Which of the kinds within: technology, outreach, financing; achievement, expert, lesson, finance-product. */
  readonly recordKind: RecordKind;
  readonly recordKindField: 'requestKind' | 'offerKind';
  /** Path of the pages and of the API. */
  readonly path: '/needs' | '/capabilities';
  readonly page: typeof needPage | typeof capabilityPage;
  readonly card: typeof needCard | typeof capabilityCard;
  readonly view: typeof needView | typeof capabilityView;
  readonly number: string;
  readonly kindField: string;
  /** Null where the form does not ask for it. */
  readonly kindList: string | null;
  readonly modesField: string;
  readonly modesList: string | null;
  /** Field of the maturity level within the scale `trlScheme`. */
  readonly maturity: string;
  readonly money: readonly [min: string, max: string, negotiable: string];
  readonly steps: readonly FormStep[];
}

export const KEYWORDS: FieldSpec = { name: 'keywords', input: 'words', max: 5 };
export const FIELDS: FieldSpec = { name: 'fields', input: 'trees', list: 'technology-field' };
export const REGION: FieldSpec = { name: 'regionCode', input: 'tree', list: 'region' };
const INDICATORS: FieldSpec = { name: 'indicators', input: 'indicators' };
export const CONTACT: FormStep = {
  key: 'contact',
  fields: [
    { name: 'disclosure', input: 'code', list: 'disclosure' },
    { name: 'publicSummary', input: 'text', max: 500 },
    { name: 'contactName', input: 'line', max: 60 },
    { name: 'contactPhone', input: 'line', max: 40 },
    { name: 'contactEmail', input: 'line', max: 200 },
  ],
};
export const text = (name: string): FieldSpec => ({ name, input: 'text', max: 4000 });

export const NEED: MarketKind = {
  kind: 'need',
  recordKind: 'technology',
  recordKindField: 'requestKind',
  path: '/needs',
  page: needPage,
  card: needCard,
  view: needView,
  number: 'needNo',
  kindField: 'needKind',
  kindList: 'need-kind',
  modesField: 'solveModes',
  modesList: 'solve-mode',
  maturity: 'targetTrl',
  money: ['budgetMinWan', 'budgetMaxWan', 'budgetNegotiable'],
  steps: [
    {
      key: 'basic',
      fields: [
        { name: 'title', input: 'line', max: 200 },
        { name: 'needKind', input: 'code', list: 'need-kind' },
        FIELDS,
        KEYWORDS,
        REGION,
        { name: 'activityType', input: 'code', list: 'activity-type' },
        { name: 'industry', input: 'tree', list: 'industry' },
        { name: 'source', input: 'code', list: 'need-source' },
      ],
    },
    { key: 'problem', fields: ['problem', 'keyTech', 'expectedGoal', 'existingBasis'].map(text) },
    { key: 'indicators', fields: [INDICATORS, { name: 'targetTrl', input: 'maturity' }] },
    {
      key: 'money',
      fields: [
        { name: 'solveModes', input: 'codes', list: 'solve-mode' },
        { name: 'budgetMinWan', input: 'wan' },
        { name: 'budgetMaxWan', input: 'wan' },
        { name: 'budgetNegotiable', input: 'flag' },
        { name: 'periodStart', input: 'day' },
        { name: 'periodEnd', input: 'day' },
        { name: 'expiresAt', input: 'day' },
        { name: 'preferredPartner', input: 'line', max: 200 },
      ],
    },
    CONTACT,
  ],
};

export const CAPABILITY: MarketKind = {
  kind: 'capability',
  recordKind: 'achievement',
  recordKindField: 'offerKind',
  path: '/capabilities',
  page: capabilityPage,
  card: capabilityCard,
  view: capabilityView,
  number: 'capabilityNo',
  kindField: 'kind',
  kindList: 'capability-kind',
  modesField: 'transferModes',
  modesList: 'transfer-mode',
  maturity: 'trl',
  money: ['priceMinWan', 'priceMaxWan', 'priceNegotiable'],
  steps: [
    {
      key: 'basic',
      fields: [
        { name: 'title', input: 'line', max: 200 },
        { name: 'kind', input: 'code', list: 'capability-kind' },
        { name: 'form', input: 'code', list: 'capability-form' },
        FIELDS,
        KEYWORDS,
        REGION,
        { name: 'people', input: 'words', max: 30 },
      ],
    },
    { key: 'content', fields: ['abstract', 'keyTech', 'market', 'useState'].map(text) },
    {
      key: 'indicators',
      fields: [
        INDICATORS,
        { name: 'stage', input: 'code', list: 'capability-stage' },
        { name: 'trl', input: 'maturity' },
        { name: 'level', input: 'code', list: 'achievement-level' },
      ],
    },
    {
      key: 'transfer',
      fields: [
        { name: 'transferModes', input: 'codes', list: 'transfer-mode' },
        { name: 'priceMinWan', input: 'wan' },
        { name: 'priceMaxWan', input: 'wan' },
        { name: 'priceNegotiable', input: 'flag' },
        { name: 'ip', input: 'rights' },
      ],
    },
    CONTACT,
  ],
};
