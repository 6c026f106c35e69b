import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Col, Form, Input, Modal, Row, Statistic } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dealView, type DealView } from '#libs/contracts/results/deal.js';
import { api } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';
import { AmountField } from './amount-field.js';
import { showProblems } from './show-problems.js';

/** 成交额, 技术交易额 and 到款额, with the contract they come from. */
export function AmountsCard({ deal }: { deal: DealView }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const codes = useCodes();
  const [open, setOpen] = useState(false);
  const amounts = [
    ['contract', deal.contractAmount],
    ['technology', deal.technologyAmount],
    ['paid', deal.paidAmount],
  ] as const;
  return (
    <Card
      size="small"
      title={t('amounts.title')}
      extra={
        deal.correctable && (
          <Button size="small" onClick={() => setOpen(true)} data-testid="correct-amounts">
            {t('amounts.correct')}
          </Button>
        )
      }
    >
      <Row gutter={[16, 12]}>
        {amounts.map(([name, value]) => (
          <Col xs={24} sm={8} key={name}>
            <Statistic
              title={t(`amounts.${name}`)}
              value={value === null ? '—' : format.yuan(value)}
              styles={{ content: { fontSize: 22 } }}
              data-testid={`amount-${name}`}
            />
          </Col>
        ))}
      </Row>
      <p style={{ margin: '12px 0 0', color: '#6b7685' }}>
        {deal.signedOn === null
          ? t('amounts.none')
          : [codes.label('contract-kind', deal.contractKind), deal.contractNo, deal.signedOn]
              .filter(Boolean)
              .join(' · ')}
      </p>
      <CorrectionDialog deal={deal} open={open} close={() => setOpen(false)} />
    </Card>
  );
}

interface Correction {
  contractAmount?: string;
  technologyAmount?: string;
  paidAmount?: string;
  note: string;
}

function CorrectionDialog({ deal, open, close }: { deal: DealView; open: boolean; close: () => void }) {
  const { t } = useTranslation('results');
  const [form] = Form.useForm<Correction>();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const correct = useMutation({
    mutationFn: (body: Correction) => api.post(`/deals/${deal.id}/corrections`, dealView, body),
    onSuccess: (next) => {
      queryClient.setQueryData(['deal', deal.id], next);
      notice.done(t('deal.corrected'));
      close();
    },
    onError: (error) => {
      if (!showProblems(form, error, t('invalid'))) notice.failed(error);
    },
  });
  return (
    <Modal
      open={open}
      title={t('amounts.correct')}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={correct.isPending}
      destroyOnHidden
    >
      <Alert type="info" showIcon title={t('amounts.correctHint')} style={{ marginBottom: 12 }} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          contractAmount: deal.contractAmount,
          technologyAmount: deal.technologyAmount,
          paidAmount: deal.paidAmount,
        }}
        onFinish={(values) => correct.mutate(values)}
      >
        <AmountField name="contractAmount" />
        <AmountField name="technologyAmount" />
        {deal.paidAmount !== null && <AmountField name="paidAmount" />}
        <Form.Item
          name="note"
          label={t('field.reason')}
          rules={[{ required: true, message: t('shell:required') }]}
        >
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
