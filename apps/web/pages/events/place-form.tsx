import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Button, Divider, Form, Input, InputNumber, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { venueList, type OrganizerEventView } from '#libs/contracts/events/event-editing.js';
import { api } from '../../shell/api.js';
import { EmptyState } from '../../shell/states.js';
import { showProblems } from './show-problems.js';
import { useEventEditing } from './use-event-editing.js';

interface Place {
  name?: string;
  address?: string;
  onlineUrl?: string;
}

export function PlaceForm({ event }: { event: OrganizerEventView }) {
  const { t } = useTranslation('events');
  const editing = useEventEditing(event);
  const [form] = Form.useForm<Place>();
  const venues = useQuery({ queryKey: ['venues'], queryFn: () => api.get('/organizer/venues', venueList) });
  const initial = { name: event.venue?.name, address: event.venue?.address, onlineUrl: event.onlineUrl };
  const save = ({ name, address, onlineUrl }: Place) => {
    const venue = name?.trim() ? { name: name.trim(), address: address?.trim() || null } : null;
    const same =
      (event.venue?.name ?? null) === (venue?.name ?? null) &&
      (event.venue?.address ?? null) === (venue?.address ?? null);
    const url = onlineUrl?.trim() || null;
    const change = { ...(same ? {} : { venue }), ...(url === event.onlineUrl ? {} : { onlineUrl: url }) };
    return editing.save(change, (error) => showProblems(form, error, () => t('wrongValue')));
  };
  const fill = (name: string) => {
    const venue = venues.data?.venues.find((candidate) => candidate.name === name);
    if (venue?.address) form.setFieldValue('address', venue.address);
  };
  return (
    <>
      <Form
        form={form}
        name="place"
        layout="vertical"
        initialValues={initial}
        onFinish={save}
        className="form-grid"
      >
        <Form.Item name="name" label={t('venue')}>
          <AutoComplete
            allowClear
            onSelect={fill}
            showSearch={{ filterOption: (input, option) => String(option?.value).includes(input) }}
            options={[...new Set(venues.data?.venues.map((venue) => venue.name))].map((value) => ({ value }))}
          />
        </Form.Item>
        <Form.Item name="address" label={t('address')}>
          <Input />
        </Form.Item>
        <Form.Item
          className="wide"
          name="onlineUrl"
          label={t('onlineUrl')}
          extra={t('onlineHint')}
          rules={[{ type: 'url' }]}
        >
          <Input placeholder="https://" />
        </Form.Item>
        <Form.Item className="wide">
          <Button type="primary" htmlType="submit" loading={editing.busy} data-testid="save-place">
            {t('shell:save')}
          </Button>
        </Form.Item>
      </Form>
      {event.venue !== null && <Rooms event={event} />}
    </>
  );
}

function Rooms({ event }: { event: OrganizerEventView }) {
  const { t } = useTranslation('events');
  const editing = useEventEditing(event);
  const [form] = Form.useForm<{ name: string; capacity?: number | null }>();
  const add = async ({ name, capacity }: { name: string; capacity?: number | null }) => {
    if (await editing.put('rooms', { rooms: [{ name, capacity: capacity ?? null }] })) form.resetFields();
  };
  return (
    <>
      <Divider titlePlacement="start">{t('rooms')}</Divider>
      {event.rooms.length === 0 ? (
        <EmptyState text={t('noRooms')} />
      ) : (
        <div className="chips">
          {event.rooms.map((room) => (
            <Tag key={room.id}>
              {room.name}
              {room.capacity !== null && ` · ${t('holds', { count: room.capacity })}`}
            </Tag>
          ))}
        </div>
      )}
      <Form form={form} layout="inline" onFinish={add} style={{ rowGap: 8 }}>
        <Form.Item name="name" rules={[{ required: true, max: 80 }]}>
          <Input placeholder={t('roomName')} />
        </Form.Item>
        <Form.Item name="capacity">
          <InputNumber min={1} placeholder={t('roomCapacity')} style={{ width: 130 }} />
        </Form.Item>
        <Button htmlType="submit" loading={editing.busy}>
          {t('saveRoom')}
        </Button>
      </Form>
    </>
  );
}
