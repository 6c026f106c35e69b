export interface AnswerQuestion {
  readonly key: string;
  readonly kind: 'text' | 'number' | 'choice' | 'choices' | 'yesno';
  readonly required: boolean;
  readonly options: readonly { readonly value: string }[];
}

export interface AnswerProblem {
  readonly field: string;
  readonly message: string;
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
      if (question.required && options.requireAll)
        problems.push({ field, message: '此项必填 / This is required' });
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

function problemOf(question: AnswerQuestion, value: unknown): string | null {
  const known = (option: unknown) => question.options.some((candidate) => candidate.value === option);
  switch (question.kind) {
    case 'text':
      if (typeof value !== 'string') return '请填写文字 / Write text';
      return value.trim().length > 2000 ? '最多 2000 字 / At most 2,000 characters' : null;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : '请填写数字 / Write a number';
    case 'choice':
      return known(typeof value === 'string' ? value.trim() : value)
        ? null
        : '请选择所列选项 / Choose one of the options';
    case 'choices':
      return Array.isArray(value) && value.every(known) ? null : '请选择所列选项 / Choose among the options';
    case 'yesno':
      break;
  }
  return typeof value === 'boolean' ? null : '请选择是或否 / Answer yes or no';
}
