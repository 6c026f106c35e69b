import { useMutation, useQueryClient } from '@tanstack/react-query';
import { DatePicker, Form, Input, Modal, TreeSelect } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { dealView, type DealAction, type DealView } from '#libs/contracts/results/deal.js';
import { api } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { useNotice } from '../../shell/use-notice.js';
import { AmountField } from './amount-field.js';
import { showProblems } from './show-problems.js';

interface Values {
  note?: string;
  contractKind?: string;
  contractNo?: string;
  signedOn?: Dayjs;
  contractAmount?: string;
  technologyAmount?: string;
  paidAmount?: string;
}

interface Props {
  deal: DealView;
  /** null = closed. */
  action: DealAction | null;
  close: () => void;
}

/** Asks for the facts that a step needs, and takes it. */
export function StepDialog({ deal, action, close }: Props) {
  const { t } = useTranslation('results');
  const [form] = Form.useForm<Values>();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const step = useMutation({
    mutationFn: ({ signedOn, note, ...facts }: Values) =>
      api.post(`/deals/${deal.id}/transitions`, dealView, {
        action,
        ...facts,
        ...(note ? { note } : {}),
        ...(signedOn ? { signedOn: signedOn.format('YYYY-MM-DD') } : {}),
      }),
    onSuccess: (next) => {
      queryClient.setQueryData(['deal', deal.id], next);
      void queryClient.invalidateQueries({ queryKey: ['deals'] });
      notice.done(t('deal.moved'));
      close();
    },
    onError: (error) => {
      if (!showProblems(form, error, t('invalid'))) notice.failed(error);
    },
  });
  const isEnding = action === 'terminate' || action === 'stall';
  return (
    <Modal
      open={action !== null}
      title={action === null ? '' : t(`action.${action}`)}
      onCancel={close}
      onOk={() => form.submit()}
      okButtonProps={{ danger: action === 'terminate', id: 'step-ok' }}
      confirmLoading={step.isPending}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" preserve={false} onFinish={(values) => step.mutate(values)}>
        {action === 'terminate' && <p>{t('shell:irreversible')}</p>}
        {action === 'sign' && <ContractFields />}
        {action === 'record_payment' && <AmountField name="paidAmount" />}
        <Form.Item
          name="note"
          label={t(isEnding ? 'field.reason' : 'field.note')}
          rules={isEnding ? [{ required: true, whitespace: true, message: t('shell:required') }] : []}
        >
          <Input.TextArea rows={2} maxLength={1000} data-testid="step-note" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function ContractFields() {
  const { t } = useTranslation('results');
  const codes = useCodes();
  const required = [{ required: true, message: t('shell:required') }];
  return (
    <>
      <Form.Item name="contractKind" label={t('field.contractKind')} rules={required}>
        <TreeSelect
          treeData={codes.tree('contract-kind')}
          treeDefaultExpandAll
          data-testid="field-contractKind"
        />
      </Form.Item>
      <Form.Item name="contractNo" label={t('field.contractNo')}>
        <Input maxLength={100} data-testid="field-contractNo" />
      </Form.Item>
      <Form.Item name="signedOn" label={t('field.signedOn')} rules={required}>
        <DatePicker
          style={{ width: '100%' }}
          disabledDate={(day) => day.isAfter(Date.now(), 'day')}
          data-testid="field-signedOn"
        />
      </Form.Item>
      <AmountField name="contractAmount" />
      <AmountField name="technologyAmount" />
    </>
  );
}
