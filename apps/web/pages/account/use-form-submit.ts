import type { FormInstance } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shell/api.js';

export interface FormSubmit<Values> {
  readonly busy: boolean;
  /** What failed, unless a field of the form shows it already. */
  readonly error: Error | null;
  readonly submit: (values: Values) => Promise<void>;
}

/**
 * Sends a form and keeps what was typed when that fails. Errors whose code is in `fieldOf` are shown at that field, as
 * are the field problems of the answer; everything else is in `error`.
 */
export function useFormSubmit<Values>(
  form: FormInstance,
  send: (values: Values) => Promise<unknown>,
  fieldOf: Readonly<Record<string, string>> = {},
): FormSubmit<Values> {
  const { t } = useTranslation('account');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const submit = async (values: Values): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await send(values);
    } catch (failure) {
      const failed = failure instanceof Error ? failure : new Error(String(failure));
      if (!showAtFields(form, failed, fieldOf, t('fieldInvalid'))) setError(failed);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, submit };
}

function showAtFields(
  form: FormInstance,
  error: Error,
  fieldOf: Readonly<Record<string, string>>,
  invalid: string,
): boolean {
  if (!(error instanceof ApiError)) return false;
  const field = fieldOf[error.problem.code];
  const problems =
    field === undefined
      ? (error.problem.problems ?? []).map((problem) => ({ field: problem.field, text: invalid }))
      : [{ field, text: error.problem.detail }];
  const shown = problems.filter((problem) => form.getFieldInstance(problem.field.split('.')) !== undefined);
  form.setFields(shown.map(({ field, text }) => ({ name: field.split('.'), errors: [text] })));
  // In a long form the field may be far above the button.
  if (shown[0] !== undefined) form.scrollToField(shown[0].field.split('.'), { block: 'center' });
  return shown.length > 0 && shown.length === problems.length;
}
