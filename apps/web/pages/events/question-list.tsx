import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

const KINDS = ['text', 'number', 'choice', 'choices', 'yesno'];

interface Option {
  value: string;
  zh: string;
  en: string;
}

const newKey = (): string => `q_${Date.now().toString(36)}`;

/**
 * One option a line: `中文 | English`. Answers hold an option's value: it stays with its words when lines are moved,
 * and with its line when the words are corrected.
 */
function readOptions(lines: string, before: readonly Option[]): Option[] {
  const words = lines
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .filter(([zh]) => zh);
  const kept = new Set(words.map(([zh]) => zh));
  return words.map(([zh = '', en = ''], index) => {
    const same = before.find((option) => option.zh === zh);
    const corrected = before[index] !== undefined && !kept.has(before[index].zh) ? before[index] : undefined;
    return { value: (same ?? corrected)?.value ?? `o${Date.now().toString(36)}${index}`, zh, en };
  });
}

interface OptionLinesProps {
  readonly id?: string;
  readonly value?: Option[];
  readonly onChange?: (options: Option[]) => void;
}

/** Form.Item hands id, value and onChange through. */
function OptionLines({ id, value = [], onChange }: OptionLinesProps) {
  const { t } = useTranslation('events');
  const text = value.map(({ zh, en }) => (en === '' ? zh : `${zh} | ${en}`)).join('\n');
  return (
    <Input.TextArea
      {...(id === undefined ? {} : { id })}
      autoSize={{ minRows: 2, maxRows: 8 }}
      defaultValue={text}
      placeholder={t('optionsHint')}
      onBlur={(event) => onChange?.(readOptions(event.target.value, value))}
    />
  );
}

/** The organizer's own questions of the registration form. */
export function QuestionList() {
  const { t } = useTranslation('events');
  const form = Form.useFormInstance();
  const kinds = KINDS.map((value) => ({ value, label: t(`question.${value}`) }));
  return (
    <Form.List name="questions">
      {(fields, { add, remove }) => (
        <>
          {fields.map((field) => (
            <Card key={field.key} size="small" style={{ marginBottom: 12 }}>
              {/* Only what has a field is sent; answers belong to the key. */}
              <Form.Item name={[field.name, 'key']} hidden>
                <Input />
              </Form.Item>
              <div className="form-grid">
                <Form.Item
                  name={[field.name, 'zh']}
                  label={t('questionZh')}
                  rules={[{ required: true, max: 120 }]}
                >
                  <Input />
                </Form.Item>
                <Form.Item name={[field.name, 'en']} label={t('questionEn')}>
                  <Input />
                </Form.Item>
                <Form.Item name={[field.name, 'kind']} label={t('questionKind')}>
                  <Select
                    options={kinds}
                    onChange={(kind: string) => {
                      if (!kind.startsWith('choice'))
                        form.setFieldValue(['questions', field.name, 'options'], []);
                    }}
                  />
                </Form.Item>
                <Form.Item
                  name={[field.name, 'required']}
                  valuePropName="checked"
                  label={t('shell:required')}
                >
                  <Checkbox />
                </Form.Item>
                <Form.Item noStyle shouldUpdate>
                  {() =>
                    String(form.getFieldValue(['questions', field.name, 'kind'])).startsWith('choice') && (
                      <Form.Item className="wide" name={[field.name, 'options']} label={t('options')}>
                        <OptionLines />
                      </Form.Item>
                    )
                  }
                </Form.Item>
              </div>
              <Button
                size="small"
                danger
                type="text"
                icon={<DeleteOutlined />}
                onClick={() => remove(field.name)}
              >
                {t('shell:remove')}
              </Button>
            </Card>
          ))}
          <Button
            icon={<PlusOutlined />}
            onClick={() => add({ key: newKey(), kind: 'text', zh: '', en: '', required: false, options: [] })}
            data-testid="add-question"
          >
            {t('addQuestion')}
          </Button>
        </>
      )}
    </Form.List>
  );
}
