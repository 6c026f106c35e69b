import { useQuery } from '@tanstack/react-query';
import { Input, Select, Table, Tag, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import {
  codeListsView,
  type CodeItemView,
  type CodeListsView,
} from '#libs/contracts/codes/code-list-view.js';
import { api } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';

interface ItemNode extends CodeItemView {
  readonly children?: ItemNode[];
}

/** Items below `parent`; `children` only where there are any, because the table shows a toggle for an empty list. */
function branch(items: readonly CodeItemView[], parent: string | null): ItemNode[] {
  return items
    .filter((item) => item.parent === parent)
    .map((item) => {
      const children = branch(items, item.code);
      return children.length === 0 ? item : { ...item, children };
    });
}

export default function CodesPage() {
  const { t } = useTranslation('admin');
  const query = useQuery({
    queryKey: ['codes'],
    queryFn: () => api.get('/codes', codeListsView),
    staleTime: Infinity,
  });
  return (
    <>
      <PageHead title={t('codes.title')} hint={t('codes.hint')} />
      <Loaded query={query}>{(lists) => <Lists lists={lists} />}</Loaded>
    </>
  );
}

function Lists({ lists }: { lists: CodeListsView }) {
  const { t, i18n } = useTranslation('admin');
  const [params, setParams] = useSearchParams();
  const [q, setQ] = useState('');
  const ids = Object.keys(lists);
  const id = ids.find((candidate) => candidate === params.get('list')) ?? ids[0] ?? '';
  const list = lists[id];
  if (list === undefined) return null;
  const wanted = q.trim().toLowerCase();
  const fits = (item: CodeItemView) =>
    [item.code, item.zh, item.en].some((word) => word.toLowerCase().includes(wanted));
  const rows: ItemNode[] = wanted === '' ? branch(list.items, null) : list.items.filter(fits);
  const columns: TableColumnsType<ItemNode> = [
    {
      key: 'zh',
      title: t('codes.zh'),
      render: (_, item) => (
        <>
          {item.zh} {!item.active && <Tag>{t('codes.inactive')}</Tag>}
        </>
      ),
    },
    { key: 'en', title: t('codes.en'), dataIndex: 'en' },
    { key: 'code', title: t('codes.code'), dataIndex: 'code', responsive: ['md'], width: 200 },
  ];
  return (
    <>
      <div className="filters">
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 260 }}
          aria-label={t('codes.list')}
          value={id}
          options={ids.map((value) => ({
            value,
            label: i18n.language === 'en' ? lists[value]!.en : lists[value]!.zh,
          }))}
          onChange={(value) => setParams({ list: value }, { replace: true })}
        />
        <Input
          allowClear
          placeholder={t('codes.search')}
          style={{ width: 240 }}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
      </div>
      <Typography.Paragraph type="secondary">
        {t('codes.version', { version: list.version, count: list.items.length })}
      </Typography.Paragraph>
      <Table<ItemNode>
        key={`${id}-${wanted === ''}`}
        rowKey="code"
        size="small"
        columns={columns}
        dataSource={rows}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </>
  );
}
