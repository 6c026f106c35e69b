import {
  CAPABILITY,
  CONTACT,
  FIELDS,
  KEYWORDS,
  NEED,
  REGION,
  text,
  type FieldSpec,
  type FormStep,
  type MarketKind,
} from './market-kind.js';

const TITLE: FieldSpec = { name: 'title', input: 'line', max: 200 };
const fact = (name: string, input: FieldSpec['input'], list?: string): FieldSpec => ({
  name,
  input,
  fact: true,
  ...(list === undefined ? {} : { list }),
});
const basic = (...fields: FieldSpec[]): FormStep => ({ key: 'basic', fields: [TITLE, ...fields, REGION] });
const day = (name: string): FieldSpec => ({ name, input: 'day' });
const NO_LISTS = { kindList: null, modesList: null };

const CLASSES = [
  fact('grades', 'codes', 'school-stage'),
  fact('subjects', 'codes', 'school-subject'),
  fact('venues', 'codes', 'lesson-venue'),
];

const OUTREACH: MarketKind = {
  ...NEED,
  ...NO_LISTS,
  recordKind: 'outreach',
  steps: [
    basic(FIELDS, KEYWORDS),
    { key: 'wish', fields: [text('problem'), text('expectedGoal')] },
    {
      key: 'class',
      fields: [
        ...CLASSES,
        fact('pupils', 'number'),
        fact('minutes', 'number'),
        day('periodStart'),
        day('periodEnd'),
        day('expiresAt'),
      ],
    },
    CONTACT,
  ],
};

const FINANCING: MarketKind = {
  ...NEED,
  ...NO_LISTS,
  recordKind: 'financing',
  steps: [
    basic(FIELDS, { name: 'industry', input: 'tree', list: 'industry' }, KEYWORDS),
    { key: 'use', fields: [text('problem'), text('existingBasis')] },
    {
      key: 'terms',
      fields: [
        { name: 'budgetMinWan', input: 'wan' },
        { name: 'budgetMaxWan', input: 'wan' },
        fact('financingKinds', 'codes', 'financing-kind'),
        fact('termMonths', 'number'),
        fact('securities', 'codes', 'security-kind'),
        day('expiresAt'),
      ],
    },
    {
      key: 'enterprise',
      fields: [
        fact('enterpriseStage', 'code', 'enterprise-stage'),
        fact('revenueBand', 'code', 'revenue-band'),
        fact('qualifications', 'codes', 'enterprise-status'),
      ],
    },
    CONTACT,
  ],
};

const EXPERT: MarketKind = {
  ...CAPABILITY,
  kindList: null,
  recordKind: 'expert',
  steps: [
    basic(FIELDS, KEYWORDS, fact('titleLevel', 'code', 'expert-title'), {
      ...fact('position', 'line'),
      max: 100,
    }),
    { key: 'profile', fields: [text('abstract'), text('keyTech')] },
    { key: 'works', fields: [{ name: 'works', input: 'works' }] },
    {
      key: 'service',
      fields: [
        { name: 'transferModes', input: 'codes', list: 'transfer-mode' },
        fact('daysPerYear', 'number'),
        fact('availableFrom', 'day'),
        fact('availableTo', 'day'),
      ],
    },
    CONTACT,
  ],
};

const LESSON: MarketKind = {
  ...CAPABILITY,
  ...NO_LISTS,
  recordKind: 'lesson',
  steps: [
    basic(FIELDS, KEYWORDS, { name: 'people', input: 'words', max: 30 }),
    { key: 'lesson', fields: [text('abstract'), text('keyTech')] },
    {
      key: 'class',
      fields: [
        ...CLASSES,
        fact('pupilsMin', 'number'),
        fact('pupilsMax', 'number'),
        fact('minutes', 'number'),
        fact('availableFrom', 'day'),
        fact('availableTo', 'day'),
        fact('free', 'flag'),
      ],
    },
    CONTACT,
  ],
};

const FINANCE_PRODUCT: MarketKind = {
  ...CAPABILITY,
  ...NO_LISTS,
  recordKind: 'finance-product',
  steps: [
    basic(KEYWORDS),
    { key: 'product', fields: [text('abstract'), text('market')] },
    {
      key: 'terms',
      fields: [
        fact('financingKinds', 'codes', 'financing-kind'),
        fact('amountMinWan', 'wan'),
        fact('amountMaxWan', 'wan'),
        fact('termMinMonths', 'number'),
        fact('termMaxMonths', 'number'),
        { ...fact('rate', 'line'), max: 60 },
        fact('securities', 'codes', 'security-kind'),
      ],
    },
    {
      key: 'enterprise',
      fields: [
        fact('stages', 'codes', 'enterprise-stage'),
        fact('revenueBands', 'codes', 'revenue-band'),
        fact('qualifications', 'codes', 'enterprise-status'),
      ],
    },
    CONTACT,
  ],
};

/** The kinds of each side, in the order in which they are offered. */
export const MARKET_KINDS: Readonly<Record<MarketKind['kind'], readonly MarketKind[]>> = {
  need: [NEED, OUTREACH, FINANCING],
  capability: [CAPABILITY, EXPERT, LESSON, FINANCE_PRODUCT],
};

/** The kind of this name on a side; its first one for a name that it does not have. */
export const kindNamed = (kind: MarketKind['kind'], name: unknown): MarketKind =>
  MARKET_KINDS[kind].find(({ recordKind }) => recordKind === name) ?? MARKET_KINDS[kind][0]!;

/** The kind of a record of a side. */
export const kindOfRecord = (of: MarketKind, record: Readonly<Record<string, unknown>>): MarketKind =>
  kindNamed(of.kind, record[of.recordKindField]);
