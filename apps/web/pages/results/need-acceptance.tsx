import { CheckCircleFilled } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { needAcceptanceView, type NeedAcceptanceView } from '#libs/contracts/results/need-acceptance.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';

/** Box for a need's page: whether it is solved; its own organisation says so here. Nothing while there is nothing to say. */
export function NeedAcceptanceBox({ needId }: { needId: string }) {
  const { t } = useTranslation('results');
  const [open, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['need-acceptance', needId],
    queryFn: () => api.get(`/needs/${needId}/acceptance`, needAcceptanceView),
  });
  if (data === undefined || (!data.accepted && !data.mayAccept)) return null;
  return (
    <Card size="small" title={t('acceptance.title')} data-testid="need-acceptance">
      {data.accepted ? (
        <Accepted acceptance={data} />
      ) : (
        <p style={{ marginTop: 0 }}>{t('acceptance.yours')}</p>
      )}
      {data.mayAccept && (
        <Button type="primary" onClick={() => setOpen(true)} data-testid="accept-need">
          {t('acceptance.action')}
        </Button>
      )}
      <AcceptDialog needId={needId} acceptance={data} open={open} close={() => setOpen(false)} />
    </Card>
  );
}

function Accepted({ acceptance }: { acceptance: NeedAcceptanceView }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const time = acceptance.acceptedAt === null ? '' : format.instant(acceptance.acceptedAt);
  const { organisation, acceptedBy: name, deal } = acceptance;
  return (
    <div>
      <Typography.Text strong>
        <CheckCircleFilled style={{ color: '#389e0d' }} />{' '}
        {organisation === null ? t('acceptance.solved', { time }) : t('acceptance.done')}
      </Typography.Text>
      {acceptance.statement !== null && <div className="prose">{acceptance.statement}</div>}
      {organisation !== null && (
        <Typography.Text type="secondary">{t('acceptance.by', { organisation, name, time })}</Typography.Text>
      )}
      {deal !== null && (
        <div>
          <Link to={`/deals/${deal.id}`}>{t('outcome.toDeal', { dealNo: deal.dealNo })}</Link>
        </div>
      )}
    </div>
  );
}

interface DialogProps {
  needId: string;
  acceptance: NeedAcceptanceView;
  open: boolean;
  close: () => void;
}

function AcceptDialog({ needId, acceptance, open, close }: DialogProps) {
  const { t } = useTranslation('results');
  const [form] = Form.useForm<{ statement: string; dealId?: string }>();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const accept = useMutation({
    mutationFn: (values: { statement: string; dealId?: string }) =>
      api.post(`/needs/${needId}/acceptance`, needAcceptanceView, values),
    onSuccess: async (next) => {
      queryClient.setQueryData(['need-acceptance', needId], next);
      close();
      notice.done(t('acceptance.done'));
      await queryClient.invalidateQueries();
    },
    onError: (error) => notice.failed(error),
  });
  return (
    <Modal
      open={open}
      title={t('acceptance.action')}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={accept.isPending}
      okButtonProps={{ id: 'accept-need-ok' }}
      destroyOnHidden
    >
      <Alert type="warning" showIcon title={t('acceptance.confirm')} style={{ marginBottom: 12 }} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ dealId: acceptance.deals.length === 1 ? acceptance.deals[0]?.id : undefined }}
        onFinish={(values) => accept.mutate(values)}
      >
        <Form.Item
          name="statement"
          label={t('acceptance.statement')}
          rules={[{ required: true, whitespace: true, message: t('shell:required') }]}
        >
          <Input.TextArea
            rows={4}
            maxLength={2000}
            placeholder={t('acceptance.statementHint')}
            data-testid="accept-statement"
          />
        </Form.Item>
        {acceptance.deals.length > 0 && (
          <Form.Item name="dealId" label={t('acceptance.deal')}>
            <Select
              allowClear
              options={acceptance.deals.map((deal) => ({
                value: deal.id,
                label: `${deal.dealNo} ${deal.title}`,
              }))}
            />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
