import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Flex, Input, Select, Table, Tag, Typography, type TableColumnsType } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { auditPage, auditWords, type AuditRow } from '#libs/contracts/identity/audit.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat, ZONE } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useAuditText } from './audit-words.js';

const PAGE_SIZE = 30;
type Set = (values: Record<string, string | null | undefined>) => void;

export default function AuditPage() {
  const { t } = useTranslation('admin');
  const [params, setParams] = useSearchParams();
  const page = Math.max(1, Number(params.get('page')) || 1);
  const [from, to] = [params.get('from'), params.get('to')];
  const values = {
    q: params.get('q'),
    action: params.get('action'),
    subjectKind: params.get('subjectKind'),
    subjectId: params.get('subjectId'),
    from: from && dayjs.tz(from, ZONE).toISOString(),
    to: to && dayjs.tz(to, ZONE).add(1, 'day').toISOString(),
    page,
    pageSize: PAGE_SIZE,
  };
  const query = useQuery({
    queryKey: ['audit', values],
    queryFn: () => api.get(`/admin/audit${queryString(values)}`, auditPage),
    placeholderData: keepPreviousData,
  });
  const set: Set = (changes) => {
    const next = new URLSearchParams(params);
    if (!('page' in changes)) next.delete('page');
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setParams(next, { replace: true });
  };
  return (
    <>
      <PageHead title={t('audit.title')} hint={t('audit.hint')} />
      <Filters params={params} set={set} />
      <Loaded query={query}>
        {({ rows, total }) => <AuditTable rows={rows} total={total} page={page} set={set} />}
      </Loaded>
    </>
  );
}

function Filters({ params, set }: { params: URLSearchParams; set: Set }) {
  const { t } = useTranslation('admin');
  const text = useAuditText();
  const { data } = useQuery({
    queryKey: ['audit-words'],
    queryFn: () => api.get('/admin/audit/words', auditWords),
  });
  const day = (name: string) => {
    const value = params.get(name);
    return value === null ? null : dayjs(value);
  };
  return (
    <div className="filters">
      <Input.Search
        allowClear
        defaultValue={params.get('q') ?? ''}
        placeholder={t('audit.actorSearch')}
        style={{ width: 200 }}
        onSearch={(value) => set({ q: value.trim() })}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('audit.action')}
        style={{ width: 180 }}
        value={params.get('action')}
        options={data?.actions.map((value) => ({ value, label: text.action(value) })) ?? []}
        onChange={(value: string | null | undefined) => set({ action: value })}
      />
      <Select
        allowClear
        placeholder={t('audit.subjectKind')}
        style={{ width: 140 }}
        value={params.get('subjectKind')}
        options={data?.subjectKinds.map((value) => ({ value, label: text.subject(value) })) ?? []}
        onChange={(value: string | null | undefined) => set({ subjectKind: value, subjectId: null })}
      />
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        value={[day('from'), day('to')]}
        onChange={(range) =>
          set({ from: range?.[0]?.format('YYYY-MM-DD'), to: range?.[1]?.format('YYYY-MM-DD') })
        }
      />
      {params.has('subjectId') && (
        <Tag closable onClose={() => set({ subjectId: null, subjectKind: null })} style={{ paddingBlock: 4 }}>
          {t('audit.filtered')}
        </Tag>
      )}
    </div>
  );
}

function AuditTable({ rows, total, page, set }: { rows: AuditRow[]; total: number; page: number; set: Set }) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const text = useAuditText();
  const columns: TableColumnsType<AuditRow> = [
    {
      key: 'what',
      title: t('audit.action'),
      render: (_, row) => (
        <>
          <strong>{text.action(row.action)}</strong>
          <br />
          <Typography.Text type="secondary" style={{ fontSize: 13 }}>
            {row.actor?.name ?? t('audit.platform')} · {format.instant(row.at)}
          </Typography.Text>
        </>
      ),
    },
    {
      key: 'subject',
      title: t('audit.subject'),
      render: (_, row) => (
        <span style={{ overflowWrap: 'anywhere' }}>
          <Typography.Text type="secondary">{text.subject(row.subjectKind)}</Typography.Text>{' '}
          {row.subjectName}
        </span>
      ),
    },
  ];
  return (
    <Table<AuditRow>
      rowKey="id"
      size="small"
      columns={columns}
      dataSource={rows}
      locale={{ emptyText: <EmptyState text={t('audit.empty')} /> }}
      expandable={{ expandedRowRender: renderDetail(set) }}
      pagination={{
        current: page,
        pageSize: PAGE_SIZE,
        total,
        showSizeChanger: false,
        onChange: (next) => set({ page: String(next) }),
        showTotal: (count) => t('shell:total', { count }),
      }}
    />
  );
}

const renderDetail = (set: Set) => (row: AuditRow) => <Detail row={row} set={set} />;

function Detail({ row, set }: { row: AuditRow; set: Set }) {
  const { t } = useTranslation('admin');
  const lines = useAuditText().detail(row.detail);
  return (
    <Flex vertical gap={4} align="start">
      {row.actor !== null && (
        <span>
          {t('audit.actor')}
          {t('shell:colon')}
          {row.actor.name}
          {t('shell:brackets', { text: row.actor.email })}
        </span>
      )}
      {lines.length === 0 && <Typography.Text type="secondary">{t('audit.nothing')}</Typography.Text>}
      {lines.map((line) => (
        <span key={line.label} style={{ overflowWrap: 'anywhere' }}>
          {line.label}
          {t('shell:colon')}
          {line.value}
        </span>
      ))}
      {row.subjectId !== null && (
        <Button
          size="small"
          type="link"
          style={{ paddingInline: 0 }}
          onClick={() => set({ subjectKind: row.subjectKind, subjectId: row.subjectId })}
        >
          {t('audit.onlyThis')}
        </Button>
      )}
    </Flex>
  );
}
