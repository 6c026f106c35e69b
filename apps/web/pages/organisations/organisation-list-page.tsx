import { keepPreviousData, useQuery } from '@tanstack/react-query';
import {
  Button,
  Card,
  Col,
  Flex,
  Input,
  Pagination,
  Row,
  Segmented,
  Select,
  Tag,
  TreeSelect,
  Typography,
} from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { organisationPage, type OrganisationRow } from '#libs/contracts/organisations/organisation.js';
import { api, queryString } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { PageHead } from '../../shell/page-head.js';
import { isStaff, useSession } from '../../shell/session.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { StatusTag } from './status-tag.js';

const PAGE_SIZE = 24;

export default function OrganisationListPage() {
  const { t } = useTranslation('organisations');
  const { person } = useSession();
  const [params, setParams] = useSearchParams();
  const mine = params.get('mine') === 'true' && person !== null;
  const page = Math.max(1, Number(params.get('page')) || 1);
  const values = {
    q: params.get('q'),
    kind: params.getAll('kind'),
    region: params.get('region'),
    status: params.get('status'),
    mine: mine ? true : null,
    page,
    pageSize: PAGE_SIZE,
  };
  const query = useQuery({
    queryKey: ['organisations', person?.id ?? null, values],
    queryFn: () => api.get(`/organisations${queryString(values)}`, organisationPage),
    placeholderData: keepPreviousData,
  });
  const set = (name: string, value: string | string[] | null | undefined) => {
    const next = new URLSearchParams(params);
    next.delete(name);
    if (name !== 'page') next.delete('page');
    for (const item of Array.isArray(value) ? value : value ? [value] : []) next.append(name, item);
    setParams(next, { replace: true });
  };
  return (
    <>
      <PageHead
        title={t('list.title')}
        hint={t('list.hint')}
        actions={
          person !== null && (
            <Link to="/organisations/new">
              <Button type="primary" data-testid="new-organisation">
                {t('list.create')}
              </Button>
            </Link>
          )
        }
      />
      <Filters params={params} set={set} mine={mine} />
      <Loaded query={query}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <EmptyState text={t(mine ? 'list.emptyMine' : 'list.empty')} />
          ) : (
            <>
              <Row gutter={[12, 12]}>
                {rows.map((row) => (
                  <Col key={row.id} xs={24} md={12} xl={8}>
                    <OrganisationCard row={row} />
                  </Col>
                ))}
              </Row>
              <Flex justify="center" style={{ marginTop: 20 }}>
                <Pagination
                  current={page}
                  pageSize={PAGE_SIZE}
                  total={total}
                  showSizeChanger={false}
                  hideOnSinglePage
                  onChange={(next) => set('page', String(next))}
                />
              </Flex>
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Filters({
  params,
  set,
  mine,
}: {
  params: URLSearchParams;
  set: (name: string, value: string | string[] | null | undefined) => void;
  mine: boolean;
}) {
  const { t } = useTranslation('organisations');
  const { person } = useSession();
  const codes = useCodes();
  return (
    <div className="filters">
      {person !== null && (
        <Segmented
          value={mine ? 'mine' : 'all'}
          options={[
            { value: 'all', label: t('list.all') },
            { value: 'mine', label: t('list.mine') },
          ]}
          onChange={(value) => set('mine', value === 'mine' ? 'true' : null)}
        />
      )}
      <Input.Search
        allowClear
        defaultValue={params.get('q') ?? ''}
        placeholder={t('list.search')}
        style={{ width: 240 }}
        onSearch={(value) => set('q', value.trim())}
        data-testid="search"
      />
      <Select
        mode="multiple"
        allowClear
        maxTagCount={1}
        placeholder={t('list.kind')}
        options={codes.options('organisation-kind')}
        value={params.getAll('kind')}
        style={{ width: 200 }}
        onChange={(value) => set('kind', value)}
      />
      <TreeSelect
        allowClear
        showSearch={{ treeNodeFilterProp: 'title' }}
        placeholder={t('list.region')}
        treeData={codes.tree('region')}
        value={params.get('region') ?? undefined}
        style={{ width: 180 }}
        onChange={(value: string | undefined) => set('region', value)}
      />
      {(isStaff(person) || mine) && (
        <Select
          allowClear
          placeholder={t('list.status')}
          options={(['pending', 'verified', 'rejected'] as const).map((value) => ({
            value,
            label: t(`status.${value}`),
          }))}
          value={params.get('status')}
          style={{ width: 140 }}
          onChange={(value: string | null | undefined) => set('status', value)}
        />
      )}
    </div>
  );
}

function OrganisationCard({ row }: { row: OrganisationRow }) {
  const { t } = useTranslation('organisations');
  const codes = useCodes();
  const place = row.regionCode === null ? null : codes.label('region', row.regionCode);
  const line = [codes.label('organisation-kind', row.kind), place].filter((part) => part !== null);
  return (
    <Card size="small" style={{ height: '100%' }}>
      <Flex justify="space-between" gap={8} align="start">
        <Link to={`/organisations/${row.id}`} style={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
          {row.name}
        </Link>
        {row.status !== 'verified' && <StatusTag status={row.status} />}
      </Flex>
      <Typography.Paragraph type="secondary" style={{ margin: '2px 0 6px', fontSize: 13 }}>
        {line.join(' · ')}
        {row.myRole !== null && ` · ${t(`role.${row.myRole}`)}`}
      </Typography.Paragraph>
      {row.intro !== null && (
        <Typography.Paragraph ellipsis={{ rows: 2 }} style={{ marginBottom: 6 }}>
          {row.intro}
        </Typography.Paragraph>
      )}
      {row.enterpriseStatus.slice(0, 3).map((status) => (
        <Tag key={status}>{codes.label('enterprise-status', status)}</Tag>
      ))}
    </Card>
  );
}
