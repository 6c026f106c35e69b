import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Grid, Input, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { platformRole } from '#libs/contracts/identity/me.js';
import { peoplePage, type PersonRow } from '#libs/contracts/identity/people.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { PersonActions, PersonOrganisations, PersonSummary, RoleTags } from './person-cells.js';
import { RolesDialog } from './roles-dialog.js';

const PAGE_SIZE = 20;

export default function PeoplePage() {
  const { t } = useTranslation('admin');
  const [params, setParams] = useSearchParams();
  const [editing, setEditing] = useState<PersonRow | null>(null);
  const page = Math.max(1, Number(params.get('page')) || 1);
  const values = {
    q: params.get('q'),
    role: params.get('role'),
    disabled: params.get('disabled'),
    page,
    pageSize: PAGE_SIZE,
  };
  const query = useQuery({
    queryKey: ['people', values],
    queryFn: () => api.get(`/admin/people${queryString(values)}`, peoplePage),
    placeholderData: keepPreviousData,
  });
  const set = (name: string, value: string | null | undefined) => {
    const next = new URLSearchParams(params);
    if (name !== 'page') next.delete('page');
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  return (
    <>
      <PageHead title={t('people.title')} hint={t('people.hint')} />
      <div className="filters">
        <Input.Search
          allowClear
          defaultValue={params.get('q') ?? ''}
          placeholder={t('people.search')}
          style={{ width: 280 }}
          onSearch={(value) => set('q', value.trim())}
          data-testid="search"
        />
        <Select
          allowClear
          placeholder={t('people.role')}
          style={{ width: 160 }}
          value={params.get('role')}
          options={platformRole.options.map((role) => ({ value: role, label: t(`account:role.${role}`) }))}
          onChange={(value: string | null | undefined) => set('role', value)}
        />
        <Select
          allowClear
          placeholder={t('people.state')}
          style={{ width: 140 }}
          value={params.get('disabled')}
          options={[
            { value: 'false', label: t('people.active') },
            { value: 'true', label: t('people.disabled') },
          ]}
          onChange={(value: string | null | undefined) => set('disabled', value)}
        />
      </div>
      <Loaded query={query}>
        {({ rows, total }) => (
          <PeopleTable
            rows={rows}
            total={total}
            page={page}
            onPage={(next) => set('page', String(next))}
            onRoles={setEditing}
          />
        )}
      </Loaded>
      {editing !== null && <RolesDialog key={editing.id} person={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function PeopleTable({
  rows,
  total,
  page,
  onPage,
  onRoles,
}: {
  rows: PersonRow[];
  total: number;
  page: number;
  onPage: (page: number) => void;
  onRoles: (person: PersonRow) => void;
}) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const wide = Grid.useBreakpoint().md ?? true;
  const columns: TableColumnsType<PersonRow> = [
    { key: 'name', title: t('people.name'), render: (_, row) => <PersonSummary person={row} /> },
    {
      key: 'organisations',
      title: t('people.organisations'),
      responsive: ['md'],
      render: (_, row) => <PersonOrganisations person={row} />,
    },
    {
      key: 'roles',
      title: t('people.role'),
      responsive: ['md'],
      render: (_, row) => <RoleTags person={row} />,
    },
    {
      key: 'joined',
      title: t('people.joined'),
      responsive: ['lg'],
      width: 120,
      render: (_, row) => format.day(row.createdAt),
    },
    {
      key: 'actions',
      title: t('shell:actions'),
      width: wide ? 180 : 110,
      render: (_, row) => <PersonActions person={row} onRoles={() => onRoles(row)} />,
    },
  ];
  return (
    <Table<PersonRow>
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={rows}
      locale={{ emptyText: <EmptyState text={t('people.empty')} /> }}
      pagination={{
        current: page,
        pageSize: PAGE_SIZE,
        total,
        showSizeChanger: false,
        onChange: onPage,
        showTotal: (count) => t('shell:total', { count }),
      }}
    />
  );
}
