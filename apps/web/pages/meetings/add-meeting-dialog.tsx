import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { created, meetingPeoplePage, type AddMeetingBody } from '#libs/contracts/meetings/meetings.js';
import { api, ApiError, queryString } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { NO_SETTINGS, SettingsFields } from './settings-fields.js';

interface DialogProps {
  readonly eventId: string;
  readonly open: boolean;
  readonly close: () => void;
}

/** Adds a meeting of two people registered at the event. */
export function AddMeetingDialog({ eventId, open, close }: DialogProps) {
  const { t } = useTranslation('meetings');
  const notice = useNotice();
  const client = useQueryClient();
  const [form] = Form.useForm<AddMeetingBody>();
  const add = useMutation({
    mutationFn: (body: AddMeetingBody) => api.post(`/organizer/events/${eventId}/meetings`, created, body),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['timetable', eventId] });
      notice.done(t('add.done'));
      form.resetFields();
      close();
    },
  });
  const full = add.error instanceof ApiError && add.error.problem.code === 'meeting.beyond-maxima';
  return (
    <Modal
      open={open}
      title={t('add.title')}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={add.isPending}
      okButtonProps={{ 'data-testid': 'save-meeting' }}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={NO_SETTINGS}
        onValuesChange={() => add.reset()}
        onFinish={(body) => add.mutate(body)}
      >
        <PersonField eventId={eventId} name="enterprisePersonId" side="enterprise" />
        <PersonField eventId={eventId} name="institutePersonId" side="institute" />
        <SettingsFields eventId={eventId} known={[]} />
        {add.error !== null && (
          <Alert
            type={full ? 'warning' : 'error'}
            title={add.error.message}
            showIcon
            style={{ marginTop: 12 }}
            data-testid="add-refused"
            action={
              full && (
                <Button
                  size="small"
                  danger
                  loading={add.isPending}
                  onClick={() => add.mutate({ ...add.variables, beyondMaxima: true })}
                  data-testid="add-beyond"
                >
                  {t('add.beyond')}
                </Button>
              )
            }
          />
        )}
      </Form>
    </Modal>
  );
}

function PersonField({
  eventId,
  name,
  side,
}: {
  readonly eventId: string;
  readonly name: 'enterprisePersonId' | 'institutePersonId';
  readonly side: 'enterprise' | 'institute';
}) {
  const { t } = useTranslation('meetings');
  const shell = useTranslation().t;
  const [q, setQ] = useState('');
  const people = useQuery({
    queryKey: ['meeting-people', eventId, side, q],
    queryFn: () =>
      api.get(
        `/organizer/events/${eventId}/meeting-people${queryString({ side, q, pageSize: 50 })}`,
        meetingPeoplePage,
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Form.Item name={name} label={t(`add.${side}`)} rules={[{ required: true, message: shell('required') }]}>
      <Select
        showSearch={{ filterOption: false, onSearch: setQ }}
        loading={people.isFetching}
        placeholder={t('add.pick')}
        options={(people.data?.rows ?? []).map((row) => ({
          value: row.personId,
          label: `${row.organisation} · ${row.name}`,
        }))}
        data-testid={`pick-${side}`}
      />
    </Form.Item>
  );
}
