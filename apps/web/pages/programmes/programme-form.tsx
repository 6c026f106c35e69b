import { ColorPicker, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { created } from '#libs/contracts/events/event-editing.js';
import type { ProgrammeView } from '#libs/contracts/events/programmes.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { useNotice } from '../../shell/use-notice.js';
import { OrganisationPicker } from '../events/organisation-picker.js';
import { showProblems } from '../events/show-problems.js';

interface Values {
  name: string;
  nameEn: string | null;
  slug: string;
  kind: string;
  color: string;
  intro: string | null;
  ownerId: string | null;
}

/** Creates a programme, or changes the given one. */
export function ProgrammeForm({
  programme,
  close,
  saved,
}: {
  programme: ProgrammeView | null;
  close: () => void;
  saved: () => void;
}) {
  const { t } = useTranslation('programmes');
  const codes = useCodes();
  const notice = useNotice();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const save = async (values: Values) => {
    setBusy(true);
    const body = { ...values, nameEn: values.nameEn ?? null, ownerId: values.ownerId ?? null };
    try {
      if (programme === null) await api.post('/organizer/programmes', created, body);
      else await api.put(`/organizer/programmes/${programme.id}`, done, body);
      notice.done(t('shell:saved'));
      saved();
      close();
    } catch (error) {
      showProblems(form, error);
      notice.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={programme === null ? t('create') : t('edit')}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={busy}
      okText={t('shell:save')}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={
          programme === null ? { color: '#1668dc' } : { ...programme, ownerId: programme.owner?.id ?? null }
        }
        onFinish={save}
      >
        <Form.Item name="name" label={t('name')} rules={[{ required: true, max: 80 }]}>
          <Input data-testid="programme-name" />
        </Form.Item>
        <Form.Item name="nameEn" label={t('nameEn')}>
          <Input />
        </Form.Item>
        <Form.Item
          name="slug"
          label={t('slug')}
          extra={t('slugHint')}
          rules={[{ required: true }, { pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/, message: t('slugWrong') }]}
        >
          <Input data-testid="programme-slug" />
        </Form.Item>
        <Form.Item name="kind" label={t('kind')} rules={[{ required: true }]}>
          <Select options={codes.options('event-kind')} data-testid="programme-kind" />
        </Form.Item>
        <Form.Item
          name="color"
          label={t('color')}
          getValueFromEvent={(color: { toHexString(): string }) => color.toHexString().slice(0, 7)}
        >
          <ColorPicker disabledAlpha />
        </Form.Item>
        <Form.Item name="ownerId" label={t('ownerLabel')}>
          <OrganisationPicker known={programme?.owner ?? null} testId="programme-owner" />
        </Form.Item>
        <Form.Item name="intro" label={t('intro')}>
          <Input.TextArea rows={4} maxLength={4000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
