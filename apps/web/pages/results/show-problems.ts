import type { FormInstance } from 'antd';
import { ApiError } from '../../shell/api.js';

/** Shows the answer's field problems at the form's fields; false when none of them is in the form. */
export function showProblems(form: FormInstance, error: unknown, fallback: string): boolean {
  if (!(error instanceof ApiError)) return false;
  const problems = (error.problem.problems ?? []).filter(
    (problem) => form.getFieldInstance(problem.field.split('.')) !== undefined,
  );
  form.setFields(
    // Messages with a code are for people; those of the schema are for developers.
    problems.map(({ field, message, code }) => ({
      name: field.split('.'),
      errors: [code === undefined ? fallback : message],
    })),
  );
  return problems.length > 0;
}
