import type { FormInstance } from 'antd';
import { ApiError } from '../../shell/api.js';

/** Marks the fields that the server refused; what was typed stays. `word` puts a message into words. */
export function showProblems<Values>(
  form: FormInstance<Values>,
  error: unknown,
  word: (message: string) => string = (message) => message,
): void {
  if (!(error instanceof ApiError)) return;
  const fields = (error.problem.problems ?? []).filter(({ field }) => field !== '');
  form.setFields(
    fields.map(({ field, message }) => ({
      name: field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      errors: [word(message)],
    })) as unknown as Parameters<FormInstance<Values>['setFields']>[0],
  );
}
