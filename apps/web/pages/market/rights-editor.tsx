import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { IntellectualProperty } from '#libs/contracts/market/capability.js';
import { useCodes } from '../../shell/codes.js';

interface Props {
  readonly value: readonly IntellectualProperty[];
  readonly onChange: (next: IntellectualProperty[]) => void;
}

/** Intellectual property of a capability: kind, name, number and whether it is granted. */
export function RightsEditor({ value, onChange }: Props) {
  const { t } = useTranslation('needs');
  const codes = useCodes();
  const change = (index: number, part: Partial<IntellectualProperty>) =>
    onChange(value.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <Flex vertical gap={8}>
      {value.map((row, index) => (
        <Flex key={index} gap={6} wrap>
          <Select
            value={row.kind}
            options={codes.options('ip-kind')}
            onChange={(kind: string) => change(index, { kind })}
            style={{ width: 150 }}
          />
          <Input
            value={row.name}
            placeholder={t('right.name')}
            status={row.name.trim() === '' ? 'error' : ''}
            onChange={(event) => change(index, { name: event.target.value })}
            style={{ width: 260 }}
          />
          <Input
            value={row.number ?? ''}
            placeholder={t('right.number')}
            onChange={(event) => change(index, { number: event.target.value })}
            style={{ width: 160 }}
          />
          <Select
            allowClear
            value={row.status}
            placeholder={t('shell:status')}
            options={['applied', 'granted'].map((status) => ({ value: status, label: t(`right.${status}`) }))}
            onChange={(status: string | undefined) => change(index, { status: status ?? null })}
            style={{ width: 110 }}
          />
          <Button
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={t('shell:remove')}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          />
        </Flex>
      ))}
      <div>
        <Button
          icon={<PlusOutlined />}
          onClick={() => onChange([...value, { kind: 'invention', name: '', number: null, status: null }])}
        >
          {t('right.add')}
        </Button>
      </div>
    </Flex>
  );
}
