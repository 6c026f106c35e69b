import { Button, Divider, Form, InputNumber, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OrganizerEventView } from '#libs/contracts/events/event-editing.js';
import { EmptyState } from '../../shell/states.js';
import { ShanghaiPicker } from './shanghai-picker.js';
import { showProblems } from './show-problems.js';
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
      <Form form={form} layout="vertical" initialValues={event} onFinish={save} className="form-grid">
        <Form.Item className="wide" name="slotMinutes" label={t('slotMinutes')}>
          <InputNumber
            min={5}
            max={240}
            suffix={t('minutes')}
            style={{ width: 200 }}
            data-testid="slot-minutes"
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
      <Tables event={event} />
    </>
  );
}

function Tables({ event }: { event: OrganizerEventView }) {
  const { t } = useTranslation('events');
  const editing = useEventEditing(event);
  return (
    <>
      <Divider titlePlacement="start">{t('tables')}</Divider>
      {event.tableList.length === 0 ? (
        <EmptyState text={t('noTables')} />
      ) : (
        <div className="chips">
          {event.tableList.map((table) => (
            <Tag key={table.id} color={table.inUse ? 'processing' : 'default'}>
              {t('tableName', { label: table.label })}
              {table.room !== null && ` · ${table.room}`}
            </Tag>
          ))}
        </div>
      )}
      <Form
        key={event.tableList.length}
        layout="inline"
        initialValues={{ count: event.tableList.length, room: event.tableList[0]?.room ?? null }}
        onFinish={({ count }: { count: number }) =>
          editing.put('tables', { count, room: event.tableList[0]?.room ?? null })
        }
      >
        <Form.Item name="count" label={t('tableCount')} rules={[{ required: true }]}>
          <InputNumber min={0} max={500} data-testid="table-count" />
        </Form.Item>
        <Button htmlType="submit" loading={editing.busy} data-testid="save-tables">
          {t('shell:save')}
        </Button>
      </Form>
    </>
  );
}
