import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { meetingPartners, type MeetingPartners, type MyRequests } from '#libs/contracts/meetings/requests.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';

interface Values {
  organisationId?: string;
  personId?: string;
  startsAt?: string;
  message?: string;
}

interface RequestDialogProps {
  readonly eventId: string;
  readonly slots: MyRequests['slots'];
  /** An answer to this request; without it a new one is written. */
  readonly answer?: { readonly id: string; readonly kind: 'propose' | 'decline'; readonly who: string };
  readonly close: () => void;
}

/** Asks for a meeting, proposes another time, or declines. */
export function RequestDialog({ eventId, slots, answer, close }: RequestDialogProps) {
  const { t } = useTranslation('meetings');
  const format = useFormat();
  const notice = useNotice();
  const client = useQueryClient();
  const [form] = Form.useForm<Values>();
  const kind = answer?.kind ?? 'ask';
  const send = useMutation({
    mutationFn: ({ organisationId, personId, startsAt, message }: Values) => {
      const said = { startsAt: startsAt ?? null, message: message ?? null };
      if (answer === undefined)
        return api.post(`/events/${eventId}/meeting-requests`, z.unknown(), {
          organisationId,
          personId: personId ?? null,
          ...said,
        });
      const body = kind === 'decline' ? { reason: message?.trim() || null } : said;
      return api.post(`/meeting-requests/${answer.id}/${kind}`, z.unknown(), body);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['meeting-requests', eventId] });
      notice.done(t('request.sent'));
      close();
    },
  });
  const options = slots.map((slot) => ({
    value: slot.startsAt,
    disabled: !slot.free,
    label: `${format.range(slot.startsAt, slot.endsAt)}${slot.free ? '' : t('shell:brackets', { text: t('request.busy') })}`,
  }));
  return (
    <Modal
      open
      title={t(`request.dialog.${kind}`, { who: answer?.who ?? '' })}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={send.isPending}
      okButtonProps={{ 'data-testid': 'send-request', danger: kind === 'decline' }}
      okText={t('request.send')}
      destroyOnHidden
    >
      {send.error !== null && (
        <Alert type="error" title={send.error.message} showIcon style={{ marginBottom: 12 }} />
      )}
      <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)}>
        {kind === 'ask' && <PartnerField eventId={eventId} />}
        {kind !== 'decline' && (
          <Form.Item name="startsAt" label={t('request.time')}>
            <Select allowClear placeholder={t('request.anyTime')} options={options} data-testid="pick-time" />
          </Form.Item>
        )}
        <Form.Item name="message" label={t(kind === 'decline' ? 'request.reason' : 'request.message')}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function PartnerField({ eventId }: { readonly eventId: string }) {
  const { t } = useTranslation('meetings');
  const shell = useTranslation().t;
  const [q, setQ] = useState('');
  const partners = useQuery({
    queryKey: ['meeting-partners', eventId, q],
    queryFn: () => api.get(`/events/${eventId}/meeting-partners${queryString({ q })}`, meetingPartners),
    placeholderData: keepPreviousData,
  });
  const form = Form.useFormInstance<Values>();
  const organisationId = Form.useWatch('organisationId', form);
  const rows = partners.data?.rows ?? [];
  // What was chosen stays known when the search goes on.
  const [chosen, setChosen] = useState<MeetingPartners['rows'][number]>();
  const people = chosen?.organisationId === organisationId ? (chosen?.people ?? []) : [];
  const label = (name: string, state: 'none' | 'asked' | 'meeting') =>
    `${name}${state === 'none' ? '' : t('shell:brackets', { text: t(`request.partnerState.${state}`) })}`;
  const choose = (id: string) => {
    const row = rows.find((candidate) => candidate.organisationId === id);
    setChosen(row);
    const free = row?.people.filter((person) => person.state === 'none') ?? [];
    form.setFieldValue('personId', free.length === 1 ? free[0]?.personId : undefined);
  };
  return (
    <>
      <Form.Item
        name="organisationId"
        label={t('request.partner')}
        rules={[{ required: true, message: shell('required') }]}
      >
        <Select
          showSearch={{ filterOption: false, onSearch: setQ }}
          loading={partners.isFetching}
          placeholder={t('request.partnerPick')}
          onChange={choose}
          options={rows.map((row) => ({
            value: row.organisationId,
            disabled: row.people.every((person) => person.state !== 'none'),
            label: label(row.organisation, row.state),
          }))}
          data-testid="pick-partner"
        />
      </Form.Item>
      {people.length > 0 && (
        <Form.Item
          name="personId"
          label={t('request.person')}
          rules={[{ required: true, message: shell('required') }]}
        >
          <Select
            placeholder={t('request.personPick')}
            options={people.map(({ personId, name, state }) => ({
              value: personId,
              disabled: state !== 'none',
              label: label(name, state),
            }))}
            data-testid="pick-person"
          />
        </Form.Item>
      )}
    </>
  );
}
