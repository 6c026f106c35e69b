import { Button, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OrganizerEventView } from '#libs/contracts/events/event-editing.js';
import { ShanghaiPicker } from './shanghai-picker.js';
import { showProblems } from './show-problems.js';
import { TablesForm } from './tables-form.js';
import { changedValues, useEventEditing } from './use-event-editing.js';

/** The window and length of 1:1 meetings, and the tables at which they take place. */
export function SlotsForm({ event }: { event: OrganizerEventView }) {
  const { t } = useTranslation('events');
  const editing = useEventEditing(event);
  const [form] = Form.useForm();
  const save = (values: object) =>
    editing.save(changedValues(event, values), (error) => showProblems(form, error, editing.word));
  return (
    <>
      <p style={{ color: '#6b7685' }}>{t('slotsHint')}</p>
      <Form
        form={form}
        name="slots"
        layout="vertical"
        initialValues={event}
        onFinish={save}
        className="form-grid"
      >
        <Form.Item name="slotMinutes" label={t('slotMinutes')}>
          <InputNumber
            min={5}
            max={240}
            suffix={t('minutes')}
            style={{ width: 200 }}
            data-testid="slot-minutes"
          />
        </Form.Item>
        <Form.Item
          name="roomChangeMinutes"
          label={t('roomChangeMinutes')}
          tooltip={t('roomChangeHint')}
          rules={[{ required: true, message: t('shell:required') }]}
        >
          <InputNumber
            min={0}
            max={240}
            precision={0}
            suffix={t('minutes')}
            style={{ width: 200 }}
            data-testid="room-change"
          />
        </Form.Item>
        <Form.Item name="slotsStartAt" label={t('slotsStartAt')}>
          <ShanghaiPicker />
        </Form.Item>
        <Form.Item name="slotsEndAt" label={t('slotsEndAt')}>
          <ShanghaiPicker />
        </Form.Item>
        <Form.Item className="wide">
          <Button type="primary" htmlType="submit" loading={editing.busy} data-testid="save-slots">
            {t('shell:save')}
          </Button>
        </Form.Item>
      </Form>
      <TablesForm event={event} />
    </>
  );
}
