export interface AnswerQuestion {
  readonly key: string;
  readonly kind: 'text' | 'number' | 'choice' | 'choices' | 'yesno';
  readonly required: boolean;
  readonly options: readonly { readonly value: string }[];
}

/** What can be wrong with an answer. */
export type AnswerFault =
  | 'field.required'
  | 'field.not-text'
  | 'field.too-long'
  | 'field.not-number'
  | 'field.not-option'
  | 'field.not-yes-or-no';

export interface AnswerProblem {
  readonly field: string;
  readonly message: AnswerFault;
}

export interface CheckedAnswers {
  /** Only answers to known questions; empty ones are left out. */
  readonly answers: Record<string, unknown>;
  readonly problems: AnswerProblem[];
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/**
 * Checks the answers to an event's own questions: text → string of at most 2,000 characters, number → finite number,
 * choice → value of an option, choices → values of options, yesno → boolean. A required yes-or-no question is answered
 * by either. Answers to questions that the form does not have are dropped.
 */
export function checkAnswers(
  questions: readonly AnswerQuestion[],
  given: Readonly<Record<string, unknown>>,
  options: { readonly requireAll: boolean } = { requireAll: true },
): CheckedAnswers {
  const answers: Record<string, unknown> = {};
  const problems: AnswerProblem[] = [];
  for (const question of questions) {
    const value = Object.hasOwn(given, question.key) ? given[question.key] : undefined;
    const field = `answers.${question.key}`;
    if (isEmpty(value)) {
      if (question.required && options.requireAll) problems.push({ field, message: 'field.required' });
      continue;
    }
    const problem = problemOf(question, value);
    if (problem === null) answers[question.key] = normalised(question, value);
    else problems.push({ field, message: problem });
  }
  return { answers, problems };
}

function normalised(question: AnswerQuestion, value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  return question.kind === 'choices' ? [...new Set(value as string[])] : value;
}

function problemOf(question: AnswerQuestion, value: unknown): AnswerFault | null {
  const known = (option: unknown) => question.options.some((candidate) => candidate.value === option);
  switch (question.kind) {
    case 'text':
      if (typeof value !== 'string') return 'field.not-text';
      return value.trim().length > 2000 ? 'field.too-long' : null;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'field.not-number';
    case 'choice':
      return known(typeof value === 'string' ? value.trim() : value) ? null : 'field.not-option';
    case 'choices':
      return Array.isArray(value) && value.every(known) ? null : 'field.not-option';
    case 'yesno':
      break;
  }
  return typeof value === 'boolean' ? null : 'field.not-yes-or-no';
}
