import { LockOutlined } from '@ant-design/icons';
import { Card, Descriptions, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntellectualProperty } from '#libs/contracts/market/capability.js';
import type { ExpertWorkFields } from '#libs/contracts/market/record-facts.js';
import type { IndicatorFields } from '#libs/contracts/market/indicator.js';
import { useCodes } from '../../shell/codes.js';
import { IndicatorTable } from './indicator-table.js';
import type { FieldSpec, MarketKind, MarketView } from './market-kind.js';
import { fieldValue, isSealed } from './field-value.js';
import { useFieldLabel, useMarketWords } from './market-words.js';
import { Works } from './works-editor.js';

const ROWS = new Set(['line', 'code', 'codes', 'tree', 'trees', 'words', 'day', 'maturity', 'number']);
/** Fields that stand in a row of their own: a fact does not belong to the money of the record. */
const isRow = ({ input, fact }: FieldSpec) =>
  ROWS.has(input) || (fact === true && (input === 'wan' || input === 'flag'));

/** A hidden field keeps its place and says why it is empty. */
function Locked({ contact = false }: { contact?: boolean }) {
  const { t } = useTranslation('needs');
  return (
    <span style={{ color: '#6b7685' }}>
      <LockOutlined /> {t(contact ? 'lockedContact' : 'lockedText')}
    </span>
  );
}

/** The record in the sections of its form. The title stands above, the secret words stay locked. */
export function RecordSections({ of, record }: { of: MarketKind; record: MarketView }) {
  const { t } = useTranslation('needs');
  return (
    <>
      {of.steps
        .filter(({ fields }) => fields.some((field) => isRow(field) || hasBlock(record, field)))
        .map(({ key, fields }) => (
          <Card key={key} size="small" title={t(`step.${key}`)}>
            <Rows of={of} record={record} fields={fields} />
            <Blocks of={of} record={record} fields={fields} />
          </Card>
        ))}
    </>
  );
}

interface SectionProps {
  readonly record: MarketView;
  readonly fields: readonly FieldSpec[];
}

function Rows({ of, record, fields }: SectionProps & { of: MarketKind }) {
  const { t } = useTranslation('needs');
  const value = useFieldWords(of, record);
  const words = useMarketWords(of);
  const label = useFieldLabel(of);
  const [money] = of.money;
  const items = fields
    .filter((field) => isRow(field) && field.name !== 'title')
    .map((field) => ({ key: field.name, label: label(field.name), children: value(field) }));
  if (fields.some(({ name }) => name === money)) {
    const locked = record.sealed.includes(money);
    items.push({
      key: 'money',
      label: t(`${of.recordKind}.money`),
      children: locked ? <Locked contact /> : (words.money(record) ?? '—'),
    });
  }
  if (items.length === 0) return null;
  return <Descriptions size="small" column={{ xs: 1, md: 2 }} items={items} />;
}

function useFieldWords(of: MarketKind, record: MarketView): (field: FieldSpec) => ReactNode {
  const codes = useCodes();
  const words = useMarketWords(of);
  const { t } = useTranslation('needs');
  return (field) => {
    const { name, input, list = '' } = field;
    if (isSealed(record.sealed, field)) return <Locked contact={name.startsWith('contact')} />;
    if (input === 'maturity') return words.maturity(record) ?? '—';
    const value = fieldValue(record, field);
    if (typeof value === 'boolean') return t(value ? 'shell:yes' : 'shell:no');
    if (typeof value === 'number') return input === 'wan' ? `${value} ${t('shell:wan')}` : String(value);
    if (Array.isArray(value)) {
      if (value.length === 0) return '—';
      return (
        <span className="tags">
          {(value as string[]).map((item) => (
            <Tag key={item}>{list === '' ? item : codes.label(list, item)}</Tag>
          ))}
        </span>
      );
    }
    if (typeof value !== 'string' || value === '') return '—';
    return list === '' ? value : codes.label(list, value);
  };
}

/** Whether a long text, table or list has something to show: content, or the reason why it is hidden. */
function hasBlock(record: MarketView, { name, input }: FieldSpec): boolean {
  if (input !== 'text' && input !== 'indicators' && input !== 'rights' && input !== 'works') return false;
  const value = record[name];
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return !empty || record.sealed.includes(name);
}

/** Long texts, the table of indicators and the intellectual property. */
function Blocks({ of, record, fields }: SectionProps & { of: MarketKind }) {
  const label = useFieldLabel(of);
  return (
    <>
      {fields
        .filter((field) => hasBlock(record, field))
        .map(({ name, input }) => {
          const value = record[name];
          const locked = record.sealed.includes(name);
          return (
            <section key={name} style={{ marginTop: 12 }}>
              {input !== 'works' && <h3 style={{ margin: '0 0 4px', fontSize: 14 }}>{label(name)}</h3>}
              {locked ? (
                <Locked />
              ) : input === 'indicators' ? (
                <IndicatorTable indicators={value as IndicatorFields[]} />
              ) : input === 'works' ? (
                <Works works={value as ExpertWorkFields[]} />
              ) : input === 'rights' ? (
                <Rights rights={value as IntellectualProperty[]} />
              ) : (
                <div className="prose">{value as string}</div>
              )}
            </section>
          );
        })}
    </>
  );
}

function Rights({ rights }: { rights: readonly IntellectualProperty[] }) {
  const { t } = useTranslation('needs');
  const codes = useCodes();
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {rights.map((right) => (
        <li key={`${right.name}${right.number}`}>
          {codes.label('ip-kind', right.kind)} · {right.name}
          {right.number !== null && right.number !== '' && ` · ${right.number}`}
          {right.status !== null && ` · ${t(`right.${right.status}`, { defaultValue: right.status })}`}
        </li>
      ))}
    </ul>
  );
}
