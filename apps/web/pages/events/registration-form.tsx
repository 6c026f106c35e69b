import { Button, Divider, Form, InputNumber, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OrganizerEventView } from '#libs/contracts/events/event-editing.js';
import { QuestionList } from './question-list.js';
import { ShanghaiPicker } from './shanghai-picker.js';
import { showProblems } from './show-problems.js';
import { changedValues, useEventEditing } from './use-event-editing.js';

interface Values {
  questions?: { en?: string; required?: boolean; options?: object[] }[];
}

/** Who may register when, and what they are asked. */
export function RegistrationForm({ event }: { event: OrganizerEventView }) {
  const { t } = useTranslation('events');
  const editing = useEventEditing(event);
  const [form] = Form.useForm();
  const save = (values: Values) => {
    const questions = (values.questions ?? []).map((question) => ({
      ...question,
      en: question.en ?? '',
      required: question.required ?? false,
      options: question.options ?? [],
    }));
    const change = changedValues(event, { ...values, questions });
    return editing.save(change, (error) => showProblems(form, error, editing.word));
  };
  return (
    <Form
      form={form}
      name="registration"
      layout="vertical"
      initialValues={event}
      onFinish={save}
      scrollToFirstError={{ block: 'center', focus: true }}
      className="form-grid"
    >
      <Form.Item
        name="capacity"
        label={t('capacity')}
        extra={t('seatsLine', { taken: event.seatsTaken, all: event.capacity })}
        rules={[{ required: true }]}
      >
        <InputNumber min={1} style={{ width: '100%' }} data-testid="capacity" />
      </Form.Item>
      <Form.Item name="groupMax" label={t('groupMax')} extra={t('groupHint')} rules={[{ required: true }]}>
        <InputNumber min={1} max={1000} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="registrationOpensAt" label={t('opens')} extra={t('opensHint')}>
        <ShanghaiPicker />
      </Form.Item>
      <Form.Item name="registrationClosesAt" label={t('closes')} extra={t('closesHint')}>
        <ShanghaiPicker />
      </Form.Item>
      <Form.Item name="approvalRequired" label={t('approval')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item
        name="offerHours"
        label={t('offerHours')}
        extra={t('offerHint')}
        rules={[{ required: true }]}
      >
        <InputNumber min={1} max={720} suffix={t('hours')} style={{ width: '100%' }} />
      </Form.Item>
      <div className="wide">
        <Divider titlePlacement="start">{t('questions')}</Divider>
        <QuestionList />
      </div>
      <Form.Item className="wide" style={{ marginTop: 16 }}>
        <Button type="primary" htmlType="submit" loading={editing.busy} data-testid="save-registration">
          {t('shell:save')}
        </Button>
      </Form.Item>
    </Form>
  );
}
