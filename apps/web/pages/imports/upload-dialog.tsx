import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Radio, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { importBatchDetail } from '#libs/contracts/imports/imports.js';
import { api } from '../../shell/api.js';

interface Values {
  kind: 'need' | 'capability';
  source: string;
  file: { originFileObj?: File }[];
}

/** Chooses a file and where it comes from; leads to its preview. */
export function UploadDialog({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const upload = useMutation({
    mutationFn: ({ kind, source, file }: Values) => {
      const body = new FormData();
      body.set('kind', kind);
      body.set('source', source);
      const chosen = file[0]?.originFileObj;
      if (chosen !== undefined) body.set('file', chosen, chosen.name);
      return api.post('/organizer/imports', importBatchDetail, body);
    },
    onSuccess: (batch) => navigate(`/organizer/imports/${batch.id}`),
  });
  return (
    <Modal
      open={open}
      title={t('new')}
      okText={t('upload')}
      okButtonProps={{ id: 'upload-import' }}
      confirmLoading={upload.isPending}
      onOk={() => form.submit()}
      onCancel={close}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'need', file: [] }}
        onFinish={(values) => upload.mutate(values)}
      >
        {upload.error !== null && (
          <Alert type="error" showIcon title={upload.error.message} style={{ marginBottom: 12 }} />
        )}
        <Form.Item name="kind" label={t('kindLabel')}>
          <Radio.Group
            options={[
              { value: 'need', label: t('kind.need') },
              { value: 'capability', label: t('kind.capability') },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="source"
          label={t('source')}
          extra={t('sourceHint')}
          rules={[{ required: true, whitespace: true, message: t('sourceNeeded') }]}
        >
          <Input maxLength={60} data-testid="import-source" />
        </Form.Item>
        <Form.Item
          name="file"
          label={t('file')}
          extra={t('fileHint')}
          valuePropName="fileList"
          getValueFromEvent={(event: { fileList: Values['file'] }) => event.fileList}
          rules={[{ required: true, type: 'array', min: 1, message: t('fileNeeded') }]}
        >
          <Upload accept=".csv,.xlsx,.jsonl,.ndjson" maxCount={1} beforeUpload={() => false}>
            <Button>{t('choose')}</Button>
          </Upload>
        </Form.Item>
      </Form>
    </Modal>
  );
}
