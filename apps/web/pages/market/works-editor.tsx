import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ExpertWorkFields } from '#libs/contracts/market/record-facts.js';
import { useCodes } from '../../shell/codes.js';

interface Props {
  readonly value: readonly ExpertWorkFields[];
  readonly onChange: (next: ExpertWorkFields[]) => void;
}

/** Papers, projects, patents and standards of an expert. */
export function WorksEditor({ value, onChange }: Props) {
  const { t } = useTranslation('needs');
  const codes = useCodes();
  const change = (index: number, part: Partial<ExpertWorkFields>) =>
    onChange(value.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <Flex vertical gap={12}>
      {value.map((row, index) => (
        <Flex key={index} gap={6} wrap>
          <Select
            value={row.kind}
            options={codes.options('work-kind')}
            onChange={(kind) => change(index, { kind })}
            style={{ width: 90 }}
          />
          <InputNumber
            value={row.year}
            min={1950}
            max={2100}
            placeholder={t('work.year')}
            onChange={(year) => change(index, { year })}
            style={{ width: 90 }}
          />
          <Input
            value={row.title}
            maxLength={300}
            placeholder={t('work.title')}
            status={row.title.trim() === '' ? 'error' : ''}
            onChange={(event) => change(index, { title: event.target.value })}
            style={{ flex: '1 1 240px' }}
          />
          <Button
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={t('shell:remove')}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          />
          <Input.TextArea
            value={row.abstract ?? ''}
            maxLength={4000}
            placeholder={t('work.abstract')}
            autoSize={{ minRows: 1, maxRows: 6 }}
            onChange={(event) => change(index, { abstract: event.target.value })}
            style={{ flex: '1 1 100%' }}
          />
        </Flex>
      ))}
      <div>
        <Button
          icon={<PlusOutlined />}
          onClick={() => onChange([...value, { kind: 'paper', title: '', abstract: null, year: null }])}
        >
          {t('work.add')}
        </Button>
      </div>
    </Flex>
  );
}

/** The works as a list to read. */
export function Works({ works }: { works: readonly ExpertWorkFields[] }) {
  const { t } = useTranslation('needs');
  const codes = useCodes();
  return (
    <ol style={{ margin: 0, paddingInlineStart: 22 }} data-testid="works">
      {works.map((work, index) => (
        <li key={index} style={{ marginBottom: 8, overflowWrap: 'anywhere' }}>
          <strong>{work.title}</strong>
          <span style={{ color: '#6b7685' }}>
            {' '}
            · {codes.label('work-kind', work.kind)}
            {work.year !== null && ` · ${work.year}`}
          </span>
          {work.abstract !== null && <div style={{ color: '#3d4752' }}>{work.abstract}</div>}
        </li>
      ))}
      {works.length === 0 && t('work.none')}
    </ol>
  );
}
