import { DatePicker, Form, Input, InputNumber, Select, Switch, TreeSelect } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { IntellectualProperty } from '#libs/contracts/market/capability.js';
import type { ExpertWorkFields } from '#libs/contracts/market/record-facts.js';
import type { IndicatorFields } from '#libs/contracts/market/indicator.js';
import { useCodes } from '../../shell/codes.js';
import { IndicatorEditor } from './indicator-editor.js';
import { fieldPart, fieldValue } from './field-value.js';
import type { FieldSpec, MarketKind } from './market-kind.js';
import { useFieldLabel } from './market-words.js';
import { RightsEditor } from './rights-editor.js';
import { WorksEditor } from './works-editor.js';

export type Values = Readonly<Record<string, unknown>>;

interface Props {
  readonly of: MarketKind;
  readonly field: FieldSpec;
  readonly values: Values;
  readonly missing: boolean;
  readonly problem: string | undefined;
  readonly onChange: (part: Values) => void;
  /** Indicators in words that were not turned into rows yet. */
  readonly indicatorText: string;
  readonly onIndicatorText: (text: string) => void;
}

/** One field of the form with its label, hint and what the server said about it. */
export function FormField(props: Props) {
  const { t } = useTranslation('needs');
  const { of, field, values, missing, problem } = props;
  const label = useFieldLabel(of);
  const hint = t(`fieldHint.${field.name}`, { defaultValue: '' });
  const summaryNeeded = field.name === 'publicSummary' && values['disclosure'] === 'redacted';
  return (
    <Form.Item
      label={label(field.name)}
      required={missing || summaryNeeded}
      {...(problem === undefined ? {} : { validateStatus: 'error' as const, help: problem })}
      extra={hint === '' ? undefined : hint}
    >
      {field.input === 'maturity' ? <Maturity {...props} /> : <Control {...props} />}
    </Form.Item>
  );
}

function Control({ field, values, onChange, indicatorText, onIndicatorText }: Props) {
  const codes = useCodes();
  const value = fieldValue(values, field);
  const put = (next: unknown) => onChange(fieldPart(values, field, next));
  const set = (next: unknown) => put(next ?? null);
  const list = field.list ?? '';
  const common = { 'data-testid': `field-${field.name}`, style: { width: '100%' } };
  const words = (value as string[] | null) ?? [];
  switch (field.input) {
    case 'line':
      return (
        <Input
          {...common}
          value={(value as string | null) ?? ''}
          maxLength={field.max}
          onChange={(event) => put(event.target.value)}
        />
      );
    case 'text':
      return (
        <Input.TextArea
          {...common}
          value={(value as string | null) ?? ''}
          maxLength={field.max}
          showCount
          autoSize={{ minRows: 3, maxRows: 12 }}
          onChange={(event) => set(event.target.value)}
        />
      );
    case 'code':
      return (
        <Select
          {...common}
          allowClear={field.name !== 'disclosure'}
          value={value as string | null}
          options={codes.options(list)}
          onChange={set}
        />
      );
    case 'codes':
      return (
        <Select {...common} mode="multiple" value={words} options={codes.options(list)} onChange={set} />
      );
    case 'tree':
    case 'trees':
      return (
        <TreeSelect
          {...common}
          allowClear
          multiple={field.input === 'trees'}
          showSearch={{ treeNodeFilterProp: 'title' }}
          value={value as string}
          treeData={codes.tree(list)}
          onChange={(next: string | string[] | undefined) => set(next)}
        />
      );
    case 'words':
      return (
        <Select
          {...common}
          mode="tags"
          open={false}
          suffixIcon={null}
          value={words}
          tokenSeparators={[',', '，', '、', ';', '；']}
          onChange={(next: string[]) =>
            set([...new Set(next.map((word) => word.trim()))].slice(0, field.max))
          }
        />
      );
    case 'wan':
      return <InputNumber {...common} min={0} value={value as number | null} onChange={set} />;
    case 'number':
      return <InputNumber {...common} min={1} precision={0} value={value as number | null} onChange={set} />;
    case 'day':
      return (
        <DatePicker
          {...common}
          value={typeof value === 'string' ? dayjs(value) : null}
          onChange={(next) => set(next === null ? null : next.format('YYYY-MM-DD'))}
        />
      );
    case 'flag':
      return <Switch checked={value === true} onChange={(next) => put(next)} />;
    case 'indicators':
      return (
        <IndicatorEditor
          value={(value as IndicatorFields[] | null) ?? []}
          onChange={set}
          text={indicatorText}
          setText={onIndicatorText}
        />
      );
    case 'rights':
      return <RightsEditor value={(value as IntellectualProperty[] | null) ?? []} onChange={set} />;
    case 'works':
      return <WorksEditor value={(value as ExpertWorkFields[] | null) ?? []} onChange={set} />;
    case 'maturity':
      return null;
  }
}

/** A level means nothing without its scale: choosing another scale empties the level. */
function Maturity({ field, values, onChange }: Props) {
  const { t } = useTranslation('needs');
  const codes = useCodes();
  const scheme = (values['trlScheme'] as string | null) ?? null;
  const level = values[field.name] as number | null;
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
      <Select
        allowClear
        value={scheme}
        placeholder={t('field.trlScheme')}
        options={['trl-gbt22900', 'trl-iso'].map((value) => ({ value, label: t(`scheme.${value}`) }))}
        onChange={(next: string | undefined) => onChange({ trlScheme: next ?? null, [field.name]: null })}
        style={{ flex: '1 1 180px' }}
      />
      <Select
        allowClear
        disabled={scheme === null}
        value={level}
        options={codes.options(scheme ?? '').map(({ value, label }) => ({
          value: Number(value),
          label: `${value} ${label}`,
        }))}
        onChange={(next: number | undefined) => onChange({ [field.name]: next ?? null })}
        style={{ flex: '2 1 220px' }}
      />
    </div>
  );
}
