import type { FactProblem } from '#libs/domain/evidence/deal-facts.js';
import type { AnswerFault } from '#libs/domain/registration/check-answers.js';

interface ProblemText {
  readonly zh: string;
  readonly en: string;
}

/** What can be wrong with one field, by code; answers carry the sentence in the reader's language beside the code. */
export const fieldProblems = {
  'field.required': { zh: '此项必填', en: 'This is required' },
  'field.below-start': { zh: '不能小于起始值', en: 'It must not be below the start' },
  'field.twice': { zh: '内容重复', en: 'Something is there twice' },
  'field.not-text': { zh: '请填写文字', en: 'Write text' },
  'field.too-long': { zh: '最多 2000 字', en: 'At most 2,000 characters' },
  'field.not-number': { zh: '请填写数字', en: 'Write a number' },
  'field.not-option': { zh: '请选择所列选项', en: 'Choose among the options' },
  'field.not-yes-or-no': { zh: '请选择是或否', en: 'Answer yes or no' },
  'field.scale-missing': { zh: '请选择成熟度标准', en: 'Choose the scale of the maturity' },
  'field.interval': {
    zh: '区间需要上限且不小于下限；其他比较方式没有上限',
    en: 'A range needs an upper value not below the lower one; other comparisons have none',
  },
  'deal.contract-zero': { zh: '成交额须大于 0', en: 'The contract amount has to be above 0' },
  'deal.technology-above-contract': {
    zh: '技术交易额不能大于成交额',
    en: 'The technology amount cannot exceed the contract amount',
  },
  'deal.signing-day': {
    zh: '签约日期须在 2000 年之后且不晚于今天',
    en: 'The day of signing has to lie between 2000 and today',
  },
  'deal.payment-zero': { zh: '到款额须大于 0', en: 'The paid amount has to be above 0' },
} as const satisfies Record<AnswerFault | FactProblem['message'] | `field.${string}`, ProblemText>;

export type FieldProblemCode = keyof typeof fieldProblems;

const isCode = (text: string): text is FieldProblemCode => Object.hasOwn(fieldProblems, text);

/** A field problem as it is answered: a message that is a code of the table becomes its sentence. */
export function wordFieldProblem(
  problem: { readonly field: string; readonly message: string },
  language: 'zh' | 'en',
): { field: string; message: string; code?: string } {
  const { field, message } = problem;
  return isCode(message)
    ? { field, code: message, message: fieldProblems[message][language] }
    : { field, message };
}
