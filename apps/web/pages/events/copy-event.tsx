import { Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { created } from '#libs/contracts/events/event-editing.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { ShanghaiPicker } from './shanghai-picker.js';
import { showProblems } from './show-problems.js';

interface Values {
  title: string;
  titleEn?: string;
  startsAt?: string | null;
  editionNo?: number | null;
}

/** Clones an event or template to a new date, or saves it as a template. */
export function CopyEvent({
  event,
  as,
  close,
}: {
  event: { id: string; title: string; titleEn: string | null; programme: object | null };
  as: 'clone' | 'template';
  close: () => void;
}) {
  const { t } = useTranslation('events');
  const notice = useNotice();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const asTemplate = as === 'template';
  const copy = async ({ title, titleEn, startsAt, editionNo }: Values) => {
    setBusy(true);
    const body = {
      title,
      titleEn: titleEn?.trim() || null,
      asTemplate,
      ...(startsAt ? { startsAt } : {}),
      ...(editionNo ? { editionNo } : {}),
    };
    try {
      const { id } = await api.post(`/organizer/events/${event.id}/copies`, created, body);
      notice.done(t(asTemplate ? 'templateSaved' : 'cloned'));
      close();
      await navigate(`/organizer/events/${id}`);
    } catch (error) {
      showProblems(form, error, () => t('wrongValue'));
      notice.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t(asTemplate ? 'saveTemplate' : 'clone')}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={busy}
      destroyOnHidden
    >
      <p>{t(asTemplate ? 'templateHint' : 'cloneHint')}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ title: event.title, titleEn: event.titleEn ?? '' }}
        onFinish={copy}
      >
        <Form.Item name="title" label={t('eventTitle')} rules={[{ required: true, max: 160 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="titleEn" label={t('titleEn')}>
          <Input />
        </Form.Item>
        {!asTemplate && (
          <Form.Item name="startsAt" label={t('newStart')} rules={[{ required: true }]}>
            <ShanghaiPicker testId="copy-start" />
          </Form.Item>
        )}
        {!asTemplate && event.programme !== null && (
          <Form.Item name="editionNo" label={t('editionNo')} extra={t('editionHint')}>
            <InputNumber min={1} style={{ width: '100%' }} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
