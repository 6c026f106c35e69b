import { Checkbox, Form, Input, InputNumber, Radio, type FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answers, FormQuestionView } from '#libs/contracts/registrations/registration.js';
import { ApiError } from '../../shell/api.js';

/** Form items for an event's own questions; values lie under `answers`. */
export function QuestionFields({ questions }: { questions: readonly FormQuestionView[] }) {
  const { t, i18n } = useTranslation();
  const english = i18n.language === 'en';
  return questions.map((question) => (
    <Form.Item
      key={question.key}
      name={['answers', question.key]}
      label={english ? question.en || question.zh : question.zh}
      rules={[{ required: question.required, message: t('required') }]}
    >
      <QuestionInput question={question} english={english} />
    </Form.Item>
  ));
}

interface InputProps {
  readonly question: FormQuestionView;
  readonly english: boolean;
  readonly id?: string;
  readonly value?: never;
  readonly onChange?: never;
}

/** Form.Item hands id, value and onChange through. */
function QuestionInput({ question, english, ...field }: InputProps) {
  const { t } = useTranslation();
  const options = question.options.map((item) => ({
    value: item.value,
    label: english ? item.en || item.zh : item.zh,
  }));
  const testId = { 'data-testid': `answer-${question.key}` };
  switch (question.kind) {
    case 'text':
      return <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={2000} {...testId} {...field} />;
    case 'number':
      return <InputNumber style={{ width: 180 }} {...testId} {...field} />;
    case 'choice':
      return <Radio.Group options={options} {...testId} {...field} />;
    case 'choices':
      return <Checkbox.Group options={options} {...testId} {...field} />;
    case 'yesno':
      break;
  }
  const yesOrNo = [
    { value: true, label: t('yes') },
    { value: false, label: t('no') },
  ];
  return <Radio.Group options={yesOrNo} {...testId} {...field} />;
}

/** Shows the server's field problems at their fields; the form keeps what was typed. */
export function showProblems<Values>(form: FormInstance<Values>, error: unknown): void {
  if (!(error instanceof ApiError)) return;
  const fields = (error.problem.problems ?? [])
    .filter((problem) => problem.field !== '')
    .map((problem) => ({ name: problem.field.split('.'), errors: [problem.message] }));
  form.setFields(fields as unknown as Parameters<typeof form.setFields>[0]);
}

/** An answer as text. */
export function answerText(
  question: FormQuestionView,
  value: Answers[string] | undefined,
  words: { readonly english: boolean; readonly yes: string; readonly no: string },
): string {
  if (value === undefined || value === null || value === '') return '—';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  const word = (code: string) => {
    const option = question.options.find((item) => item.value === code);
    return option === undefined ? code : words.english ? option.en || option.zh : option.zh;
  };
  if (Array.isArray(value)) return value.map(word).join(words.english ? ', ' : '、');
  return question.kind === 'choice' ? word(String(value)) : String(value);
}
