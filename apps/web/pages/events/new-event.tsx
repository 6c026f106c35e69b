import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { created } from '#libs/contracts/events/event-editing.js';
import { organizerEventPage } from '#libs/contracts/events/event-views.js';
import { api } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { useNotice } from '../../shell/use-notice.js';
import { suggestEdition, useProgrammeOptions } from './basics-form.js';
import { ShanghaiPicker } from './shanghai-picker.js';
import { showProblems } from './show-problems.js';

interface Values {
  template?: string;
  title: string;
  startsAt: string;
  [field: string]: unknown;
}

/** Starts a draft from nothing or from a template, and opens it. */
export function NewEvent({ close }: { close: () => void }) {
  const { t } = useTranslation('events');
  const notice = useNotice();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const template = Form.useWatch('template', form);
  const create = async ({ template: from, ...body }: Values) => {
    setBusy(true);
    const path = from === undefined ? '/organizer/events' : `/organizer/events/${from}/copies`;
    try {
      const { id } = await api.post(path, created, body);
      await navigate(`/organizer/events/${id}`);
    } catch (error) {
      showProblems(form, error, (message) => t(`rule.${message}`, { defaultValue: t('wrongValue') }));
      notice.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('newEvent')}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={busy}
      okText={t('shell:create')}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" initialValues={{ capacity: 50 }} onFinish={create}>
        <TemplateChoice />
        <Form.Item name="title" label={t('eventTitle')} rules={[{ required: true, max: 160 }]}>
          <Input data-testid="new-title" />
        </Form.Item>
        <Form.Item name="startsAt" label={t('startsAt')} rules={[{ required: true }]}>
          <ShanghaiPicker testId="new-start" />
        </Form.Item>
        {template === undefined && <OwnFields />}
      </Form>
    </Modal>
  );
}

function TemplateChoice() {
  const { t } = useTranslation('events');
  const form = Form.useFormInstance<Values>();
  const { data } = useQuery({
    queryKey: ['organizer-events', 'templates'],
    queryFn: () => api.get('/organizer/events?templates=true&pageSize=100', organizerEventPage),
  });
  if (data === undefined || data.rows.length === 0) return null;
  const choose = (id: string | undefined) => {
    const title = data.rows.find((row) => row.id === id)?.title;
    if (title !== undefined) form.setFieldValue('title', title);
  };
  return (
    <Form.Item name="template" label={t('fromTemplate')}>
      <Select
        allowClear
        placeholder={t('blank')}
        options={data.rows.map((row) => ({ value: row.id, label: row.title }))}
        onChange={choose}
      />
    </Form.Item>
  );
}

function OwnFields() {
  const { t } = useTranslation('events');
  const codes = useCodes();
  const programmes = useProgrammeOptions();
  const form = Form.useFormInstance<Values>();
  const choose = async (id: string | undefined) =>
    form.setFieldValue('editionNo', (await suggestEdition(id).catch(() => null)) ?? undefined);
  return (
    <>
      <Form.Item name="endsAt" label={t('endsAt')} rules={[{ required: true }]}>
        <ShanghaiPicker testId="new-end" />
      </Form.Item>
      <Form.Item name="kind" label={t('kind')} rules={[{ required: true }]}>
        <Select options={codes.options('event-kind')} data-testid="new-kind" />
      </Form.Item>
      <Form.Item name="programmeId" label={t('programme')}>
        <Select allowClear options={programmes} onChange={(id: string | undefined) => void choose(id)} />
      </Form.Item>
      <Form.Item name="editionNo" label={t('editionNo')}>
        <InputNumber min={1} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="capacity" label={t('capacity')} rules={[{ required: true }]}>
        <InputNumber min={1} style={{ width: '100%' }} />
      </Form.Item>
    </>
  );
}
