import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Card, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OrganizerEventView } from '#libs/contracts/events/event-editing.js';
import type { SessionView } from '#libs/contracts/events/event-views.js';
import { EmptyState } from '../../shell/states.js';
import { ShanghaiPicker } from './shanghai-picker.js';
import { useEventEditing } from './use-event-editing.js';

type Draft = Omit<SessionView, 'id'>;

/** The whole agenda as one form; it is saved at once. */
export function AgendaForm({ event }: { event: OrganizerEventView }) {
  const { t } = useTranslation('events');
  const editing = useEventEditing(event);
  const save = ({ sessions }: { sessions?: Draft[] }) =>
    editing.put('agenda', {
      sessions: (sessions ?? []).map((session) => ({
        ...session,
        room: session.room?.trim() || null,
        abstract: session.abstract?.trim() || null,
        speakers: session.speakers ?? [],
      })),
    });
  return (
    <Form
      name="agenda"
      layout="vertical"
      initialValues={{ sessions: event.agenda }}
      onFinish={save}
      scrollToFirstError={{ block: 'center', focus: true }}
    >
      <Form.List name="sessions">
        {(fields, { add, remove }) => (
          <>
            {fields.length === 0 && <EmptyState text={t('noAgenda')} />}
            {fields.map((field) => (
              <Card
                key={field.key}
                size="small"
                style={{ marginBottom: 12 }}
                title={t('sessionNo', { count: field.name + 1 })}
                extra={
                  <Button
                    type="text"
                    danger
                    icon={<DeleteOutlined />}
                    aria-label={t('shell:remove')}
                    onClick={() => remove(field.name)}
                  />
                }
              >
                <SessionFields name={field.name} rooms={event.rooms.map((room) => room.name)} />
              </Card>
            ))}
            <div style={{ display: 'flex', gap: 8 }}>
              <Button
                icon={<PlusOutlined />}
                onClick={() => add({ startsAt: event.startsAt, endsAt: event.endsAt, speakers: [] })}
                data-testid="add-session"
              >
                {t('addSession')}
              </Button>
              <Button type="primary" htmlType="submit" loading={editing.busy} data-testid="save-agenda">
                {t('shell:save')}
              </Button>
            </div>
          </>
        )}
      </Form.List>
    </Form>
  );
}

function SessionFields({ name, rooms }: { name: number; rooms: string[] }) {
  const { t } = useTranslation('events');
  return (
    <div className="form-grid">
      <Form.Item
        className="wide"
        name={[name, 'title']}
        label={t('sessionTitle')}
        rules={[{ required: true, max: 160 }]}
      >
        <Input />
      </Form.Item>
      <Form.Item name={[name, 'startsAt']} label={t('startsAt')} rules={[{ required: true }]}>
        <ShanghaiPicker />
      </Form.Item>
      <Form.Item name={[name, 'endsAt']} label={t('endsAt')} rules={[{ required: true }]}>
        <ShanghaiPicker />
      </Form.Item>
      <Form.Item name={[name, 'room']} label={t('room')}>
        <AutoComplete allowClear options={rooms.map((value) => ({ value }))} />
      </Form.Item>
      <Form.Item name={[name, 'abstract']} label={t('abstract')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={4000} />
      </Form.Item>
      <div className="wide">
        <Form.List name={[name, 'speakers']}>
          {(speakers, { add, remove }) => (
            <>
              {speakers.map((speaker) => (
                <div key={speaker.key} style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 8 }}>
                  <Form.Item
                    name={[speaker.name, 'name']}
                    rules={[{ required: true, max: 60, message: t('speakerNeeded') }]}
                    style={{ marginBottom: 0 }}
                  >
                    <Input placeholder={t('speakerName')} style={{ width: 130 }} />
                  </Form.Item>
                  <Form.Item name={[speaker.name, 'title']} noStyle>
                    <Input placeholder={t('speakerTitle')} style={{ width: 150 }} />
                  </Form.Item>
                  <Form.Item name={[speaker.name, 'organisation']} noStyle>
                    <Input placeholder={t('speakerOrganisation')} style={{ width: 220 }} />
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('shell:remove')}
                    onClick={() => remove(speaker.name)}
                  />
                </div>
              ))}
              <Button size="small" icon={<PlusOutlined />} onClick={() => add({})}>
                {t('addSpeaker')}
              </Button>
            </>
          )}
        </Form.List>
      </div>
    </div>
  );
}
