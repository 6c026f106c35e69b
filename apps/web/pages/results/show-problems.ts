import type { FormInstance } from 'antd';
import { ApiError } from '../../shell/api.js';

/** Shows the answer's field problems at the form's fields; false when none of them is in the form. */
export function showProblems(
  form: FormInstance,
  error: unknown,
  english: boolean,
  fallback: string,
): boolean {
  if (!(error instanceof ApiError)) return false;
  const problems = (error.problem.problems ?? []).filter(
    (problem) => form.getFieldInstance(problem.field.split('.')) !== undefined,
  );
  form.setFields(
    problems.map(({ field, message }) => {
      // Messages for people come in both languages; those of the schema are for developers.
      const [zh, en] = message.split(' · ');
      return {
        name: field.split('.'),
        errors: [en === undefined ? fallback : ((english ? en : zh) ?? fallback)],
      };
    }),
  );
  return problems.length > 0;
}
