import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';

/** 1200000.50 → 1,200,000.50 */
function withSeparators(value: string | number | undefined): string {
  const [whole = '', ...decimals] = String(value ?? '').split('.');
  return [whole.replace(/\B(?=(?:\d{3})+$)/g, ','), ...decimals].join('.');
}

/** An amount in yuan, kept as a decimal string. */
export function AmountField({ name }: { name: 'contractAmount' | 'technologyAmount' | 'paidAmount' }) {
  const { t } = useTranslation('results');
  return (
    <Form.Item
      name={name}
      label={t(`field.${name}`)}
      extra={name === 'technologyAmount' ? t('amounts.technologyHint') : undefined}
      rules={[{ required: true, message: t('amountFormat') }]}
    >
      <InputNumber<string>
        stringMode
        min="0"
        precision={2}
        style={{ width: '100%' }}
        formatter={withSeparators}
        parser={(text) => (text ?? '').replaceAll(/[,，\s]/g, '')}
        data-testid={`field-${name}`}
      />
    </Form.Item>
  );
}
