import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { programmePage, type ProgrammeView } from '#libs/contracts/events/programmes.js';
import { done } from '#libs/contracts/primitives.js';
import { api, queryString } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { ProgrammeForm } from './programme-form.js';

export default function OrganizerProgrammesPage() {
  const { t } = useTranslation('programmes');
  const codes = useCodes();
  const notice = useNotice();
  const client = useQueryClient();
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const [edited, setEdited] = useState<ProgrammeView | 'new' | null>(null);
  const query = useQuery({
    queryKey: ['programmes', 'organizer', q, page],
    queryFn: () => api.get(`/programmes${queryString({ q, page })}`, programmePage),
    placeholderData: (previous) => previous,
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['programmes'] });
  const archive = async (row: ProgrammeView, verb: 'archive' | 'restore') => {
    try {
      await api.post(`/organizer/programmes/${row.id}/${verb}`, done);
      await refresh();
    } catch (error) {
      notice.failed(error);
    }
  };
  const toggle = (row: ProgrammeView) => {
    if (row.archivedAt !== null) void archive(row, 'restore');
    else
      notice.ask({
        title: t('archiveAsk', { name: row.name }),
        text: t('archiveHint'),
        action: () => archive(row, 'archive'),
      });
  };
  const create = (
    <Button type="primary" onClick={() => setEdited('new')} data-testid="new-programme">
      {t('create')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('manage')} hint={t('manageHint')} actions={create} />
      <div className="filters">
        <Input.Search
          allowClear
          placeholder={t('name')}
          style={{ width: 260 }}
          onSearch={(value) => {
            setQ(value);
            setPage(1);
          }}
        />
      </div>
      <Loaded query={query}>
        {(data) => (
          <Table
            rowKey="id"
            dataSource={data.rows}
            locale={{ emptyText: <EmptyState text={t('none')} /> }}
            pagination={{
              current: page,
              total: data.total,
              pageSize: data.pageSize,
              onChange: setPage,
              hideOnSinglePage: true,
            }}
            columns={[
              {
                title: t('name'),
                render: (_, row) => (
                  <>
                    <span
                      style={{
                        display: 'inline-block',
                        width: 10,
                        height: 10,
                        borderRadius: 3,
                        background: row.color,
                        marginInlineEnd: 8,
                      }}
                    />
                    <Link to={`/programmes/${row.slug}`}>{row.name}</Link>{' '}
                    {row.archivedAt !== null && <Tag>{t('archived')}</Tag>}
                  </>
                ),
              },
              {
                title: t('kind'),
                responsive: ['md'],
                render: (_, row) => codes.label('event-kind', row.kind),
              },
              {
                title: t('events'),
                responsive: ['md'],
                render: (_, row) =>
                  `${t('held', { count: row.held })} · ${t('upcoming', { count: row.upcoming })}`,
              },
              {
                title: t('shell:actions'),
                render: (_, row) => (
                  <>
                    <Button type="link" size="small" onClick={() => setEdited(row)}>
                      {t('shell:edit')}
                    </Button>
                    <Link to={`/organizer/programmes/${row.id}/mail-templates`}>
                      {t('messages:templates.title')}
                    </Link>
                    <Button type="link" size="small" onClick={() => toggle(row)}>
                      {row.archivedAt === null ? t('archive') : t('restore')}
                    </Button>
                  </>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {edited !== null && (
        <ProgrammeForm
          programme={edited === 'new' ? null : edited}
          close={() => setEdited(null)}
          saved={() => void refresh()}
        />
      )}
    </>
  );
}
