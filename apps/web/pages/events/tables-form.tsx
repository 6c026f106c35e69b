import { DeleteOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Divider, Form, Input, InputNumber, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OrganizerEventView } from '#libs/contracts/events/event-editing.js';
import { tableFeature, type TableFeature } from '#libs/contracts/meetings/table-features.js';
import { EmptyState } from '../../shell/states.js';
import { OrganisationPicker } from './organisation-picker.js';
import { useEventEditing } from './use-event-editing.js';

const FEATURES = tableFeature.options;

interface TableRow {
  id?: string;
  label: string;
  room?: string | null;
  inUse?: boolean;
  features?: TableFeature[];
  home?: { id: string; name: string } | null;
  homeOrganisationId?: string | null;
}

/** As many tables as asked for: the first stay, new ones take the lowest free numbers and the room of the last. */
function resized(rows: readonly TableRow[], count: number): TableRow[] {
  const kept = rows.slice(0, count);
  const taken = new Set(kept.map((row) => row.label));
  const room = kept.at(-1)?.room ?? null;
  for (let number = 1; kept.length < count; number++)
    if (!taken.has(String(number))) kept.push({ label: String(number), room });
  return kept;
}

/** The tables of 1:1 meetings: how many, what each is called and in which room it stands. */
export function TablesForm({ event }: { readonly event: OrganizerEventView }) {
  const { t } = useTranslation('events');
  const editing = useEventEditing(event);
  const [form] = Form.useForm<{ tables: TableRow[] }>();
  const tables = Form.useWatch('tables', form) ?? [];
  const save = ({ tables: rows }: { tables: TableRow[] }) =>
    editing.saveTables(
      rows.map(({ id, label, room, features, homeOrganisationId }) => ({
        ...(id === undefined ? {} : { id }),
        label: label.trim(),
        room: room?.trim() || null,
        features: features ?? [],
        homeOrganisationId: homeOrganisationId ?? null,
      })),
    );
  return (
    <>
      <Divider titlePlacement="start">{t('tables')}</Divider>
      <Form
        name="tables"
        form={form}
        key={JSON.stringify(event.tableList)}
        initialValues={{
          tables: event.tableList.map((row) => ({ ...row, homeOrganisationId: row.home?.id ?? null })),
        }}
        onFinish={save}
      >
        <Form.Item label={t('tableCount')} style={{ marginBottom: 12 }}>
          <InputNumber
            min={0}
            max={500}
            precision={0}
            value={tables.length}
            onChange={(count) => form.setFieldValue('tables', resized(tables, count ?? 0))}
            data-testid="table-count"
          />
        </Form.Item>
        {tables.length === 0 && <EmptyState text={t('noTables')} />}
        <TableRows rooms={event.rooms.map((room) => room.name)} />
        <Button htmlType="submit" loading={editing.busy} data-testid="save-tables">
          {t('saveTables')}
        </Button>
      </Form>
    </>
  );
}

function TableRows({ rooms }: { readonly rooms: readonly string[] }) {
  const { t } = useTranslation('events');
  const form = Form.useFormInstance<{ tables: TableRow[] }>();
  return (
    <Form.List name="tables">
      {(fields, { remove }) => (
        <div className="table-rows">
          {fields.map(({ key, name }) => {
            const inUse = (form.getFieldValue(['tables', name, 'inUse']) as boolean | undefined) ?? false;
            const home = (form.getFieldValue(['tables', name, 'home']) as TableRow['home']) ?? null;
            return (
              <div key={key} className="table-row">
                {/* Only what has a field is sent: without its id a table would be replaced by a new one. */}
                <Form.Item name={[name, 'id']} hidden>
                  <Input />
                </Form.Item>
                <Form.Item
                  name={[name, 'label']}
                  rules={[{ required: true, whitespace: true, max: 40, message: t('shell:required') }]}
                >
                  <Input suffix={t('tableSuffix')} aria-label={t('tableLabel')} />
                </Form.Item>
                <Form.Item name={[name, 'room']}>
                  <AutoComplete
                    allowClear
                    placeholder={t('room')}
                    options={rooms.map((value) => ({ value }))}
                    aria-label={t('room')}
                  />
                </Form.Item>
                <Form.Item name={[name, 'features']} className="table-features">
                  <Select
                    mode="multiple"
                    placeholder={t('tableFeatures')}
                    aria-label={t('tableFeatures')}
                    options={FEATURES.map((value) => ({ value, label: t(`feature.${value}`) }))}
                  />
                </Form.Item>
                <Form.Item name={[name, 'homeOrganisationId']} className="table-home">
                  <OrganisationPicker known={home} testId="table-home" placeholder={t('tableHome')} />
                </Form.Item>
                {inUse ? (
                  <Tag color="processing">{t('tableInUse')}</Tag>
                ) : (
                  <Button
                    type="text"
                    danger
                    icon={<DeleteOutlined />}
                    aria-label={t('shell:remove')}
                    onClick={() => remove(name)}
                  />
                )}
              </div>
            );
          })}
        </div>
      )}
    </Form.List>
  );
}
