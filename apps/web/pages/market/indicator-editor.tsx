import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  parsedIndicators,
  type Comparator,
  type IndicatorFields,
  type ParsedIndicators,
} from '#libs/contracts/market/indicator.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { IndicatorTable } from './indicator-table.js';

interface Props {
  readonly value: readonly IndicatorFields[];
  readonly onChange: (next: IndicatorFields[]) => void;
  readonly text: string;
  readonly setText: (text: string) => void;
}

const COMPARATORS: readonly Comparator[] = ['le', 'lt', 'eq', 'ge', 'gt', 'between'];
const BLANK: IndicatorFields = { name: '', comparator: 'ge', value: 0, valueHigh: null, unit: null, raw: '' };

/** Indicators typed as free text are read by the server, shown for confirmation and then editable row by row. */
export function IndicatorEditor({ value, onChange, text, setText }: Props) {
  const { t } = useTranslation('needs');
  const notice = useNotice();
  const [found, setFound] = useState<ParsedIndicators | null>(null);
  const parse = useMutation({
    mutationFn: () => api.post('/indicators/parse', parsedIndicators, { text }),
    onSuccess: setFound,
    onError: notice.failed,
  });
  /** Takes over what was recognised; the rest stays to be put in other words. */
  const confirm = ({ indicators, unread }: ParsedIndicators) => {
    onChange([...value, ...indicators]);
    setFound(null);
    setText(unread.join('；'));
  };
  const replace = (index: number, row: IndicatorFields) =>
    onChange(value.map((old, at) => (at === index ? row : old)));
  return (
    <Flex vertical gap={10}>
      <Input.TextArea
        value={text}
        rows={3}
        maxLength={4000}
        placeholder={t('indicator.hint')}
        onChange={(event) => setText(event.target.value)}
        data-testid="indicator-text"
      />
      <Flex gap={8} wrap>
        <Button
          onClick={() => parse.mutate()}
          loading={parse.isPending}
          disabled={text.trim() === ''}
          data-testid="indicator-parse"
        >
          {t('indicator.parse')}
        </Button>
        <Button icon={<PlusOutlined />} onClick={() => onChange([...value, BLANK])}>
          {t('indicator.add')}
        </Button>
      </Flex>
      {found !== null && <Found found={found} confirm={confirm} cancel={() => setFound(null)} />}
      {value.map((row, index) => (
        <IndicatorRow
          key={index}
          row={row}
          onChange={(next) => replace(index, next)}
          onRemove={() => onChange(value.filter((_, at) => at !== index))}
        />
      ))}
    </Flex>
  );
}

interface FoundProps {
  readonly found: ParsedIndicators;
  readonly confirm: (found: ParsedIndicators) => void;
  readonly cancel: () => void;
}

/** What was recognised in the text, to be confirmed, and what was not. */
function Found({ found, confirm, cancel }: FoundProps) {
  const { t } = useTranslation('needs');
  const { indicators, unread } = found;
  if (indicators.length === 0) return <Alert type="warning" showIcon title={t('indicator.nothing')} />;
  return (
    <Card size="small" title={t('indicator.found', { count: indicators.length })}>
      <IndicatorTable indicators={indicators} />
      {unread.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 10 }}
          title={t('indicator.unread')}
          description={unread.map((part, at) => (
            <div key={at}>{part}</div>
          ))}
          data-testid="indicator-unread"
        />
      )}
      <Flex gap={8} style={{ marginTop: 10 }}>
        <Button type="primary" onClick={() => confirm(found)} data-testid="indicator-confirm">
          {t('indicator.confirm')}
        </Button>
        <Button onClick={cancel}>{t('shell:cancel')}</Button>
      </Flex>
    </Card>
  );
}

function IndicatorRow({
  row,
  onChange,
  onRemove,
}: {
  row: IndicatorFields;
  onChange: (next: IndicatorFields) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('needs');
  const change = (part: Partial<IndicatorFields>) => onChange({ ...row, ...part });
  return (
    <Flex gap={6} wrap align="center">
      <Input
        value={row.name}
        placeholder={t('indicator.name')}
        status={row.name.trim() === '' ? 'error' : ''}
        onChange={(event) => change({ name: event.target.value })}
        style={{ width: 180 }}
      />
      <Select
        value={row.comparator}
        options={COMPARATORS.map((sign) => ({ value: sign, label: t(`indicator.sign.${sign}`) }))}
        onChange={(comparator: Comparator) =>
          change({ comparator, valueHigh: comparator === 'between' ? (row.valueHigh ?? row.value) : null })
        }
        style={{ width: 90 }}
      />
      <InputNumber
        value={row.value}
        onChange={(next) => change({ value: next ?? 0 })}
        style={{ width: 110 }}
      />
      {row.comparator === 'between' && (
        <InputNumber
          value={row.valueHigh}
          onChange={(next) => change({ valueHigh: next ?? row.value })}
          style={{ width: 110 }}
        />
      )}
      <Input
        value={row.unit ?? ''}
        placeholder={t('indicator.unit')}
        onChange={(event) => change({ unit: event.target.value })}
        style={{ width: 80 }}
      />
      <Button
        type="text"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('shell:remove')}
        onClick={onRemove}
      />
    </Flex>
  );
}
