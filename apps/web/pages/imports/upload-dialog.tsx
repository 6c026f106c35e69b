import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Radio, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { importBatchDetail } from '#libs/contracts/imports/imports.js';
import { offerKind, requestKind } from '#libs/contracts/market/record-facts.js';
import type { RecordKind } from '#libs/domain/market/record-kinds.js';
import { api } from '../../shell/api.js';

const REQUESTS: readonly RecordKind[] = requestKind.options;
const OFFERS: readonly RecordKind[] = offerKind.options;

interface Values {
  recordKind: RecordKind;
  source: string;
  file: { originFileObj?: File }[];
}

/** Chooses a file and where it comes from; leads to its preview. */
export function UploadDialog({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const upload = useMutation({
    mutationFn: ({ recordKind, source, file }: Values) => {
      const body = new FormData();
      body.set('kind', REQUESTS.includes(recordKind) ? 'need' : 'capability');
      body.set('recordKind', recordKind);
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
        initialValues={{ recordKind: 'technology', file: [] }}
        onFinish={(values) => upload.mutate(values)}
      >
        {upload.error !== null && (
          <Alert type="error" showIcon title={upload.error.message} style={{ marginBottom: 12 }} />
        )}
        <Form.Item name="recordKind" label={t('kindLabel')} extra={t('expertHint')}>
          <Radio.Group
            options={[...REQUESTS, ...OFFERS].map((kind) => ({
              value: kind,
              label: t(`needs:${kind}.noun`),
            }))}
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
