import { useQuery } from '@tanstack/react-query';
import { Button, Input, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { organizerEventPage } from '#libs/contracts/events/event-views.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { NewEvent } from './new-event.js';
import { OrganizerEventList } from './organizer-event-list.js';

const STATES = ['draft', 'published', 'registration_closed', 'held', 'archived', 'cancelled'] as const;

export default function OrganizerEventsPage() {
  const { t } = useTranslation('events');
  const [creating, setCreating] = useState(false);
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') ?? 'all';
  const page = Math.max(1, Number(params.get('page')) || 1);
  const q = params.get('q') ?? '';
  const go = (next: Record<string, string>) => setParams({ tab, q, ...next });
  const filter = {
    q,
    page,
    ...(tab === 'templates' ? { templates: true } : { state: tab === 'all' ? null : tab }),
  };
  const query = useQuery({
    queryKey: ['organizer-events', filter],
    queryFn: () => api.get(`/organizer/events${queryString(filter)}`, organizerEventPage),
    placeholderData: (previous) => previous,
  });
  const counts = query.data?.counts;
  return (
    <>
      <PageHead
        title={t('manage')}
        hint={t('manageHint')}
        actions={
          <Button type="primary" onClick={() => setCreating(true)} data-testid="new-event">
            {t('newEvent')}
          </Button>
        }
      />
      <div className="filters">
        <Input.Search
          allowClear
          defaultValue={q}
          placeholder={t('searchHint')}
          style={{ width: 280 }}
          onSearch={(value) => go({ q: value.trim() })}
        />
      </div>
      <Tabs
        activeKey={tab}
        onChange={(key) => go({ tab: key })}
        items={(['all', ...STATES, 'templates'] as const).map((key) => ({
          key,
          label: `${key === 'all' ? t('shell:all') : key === 'templates' ? t('templates') : t(`state.${key}`)} ${counts?.[key] ?? ''}`,
        }))}
      />
      <Loaded query={query}>
        {(data) => <OrganizerEventList data={data} page={page} turn={(next) => go({ page: String(next) })} />}
      </Loaded>
      {creating && <NewEvent close={() => setCreating(false)} />}
    </>
  );
}
