import { useQuery } from '@tanstack/react-query';
import { Input, Select, Tabs, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { eventPage } from '#libs/contracts/events/event-views.js';
import { programmePage } from '#libs/contracts/events/programmes.js';
import { api, queryString } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { EventCard } from './event-card.js';
import { useEventWords } from './event-words.js';

/** The public list of events; filters live in the address. */
export default function EventListPage() {
  const { t } = useTranslation('events');
  const codes = useCodes();
  const words = useEventWords();
  const [params, setParams] = useSearchParams();
  const time = params.get('time') === 'past' ? 'past' : 'upcoming';
  const page = Math.max(1, Number(params.get('page')) || 1);
  const filter = {
    time,
    q: params.get('q'),
    kind: params.get('kind'),
    programme: params.get('programme'),
    page,
  };
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    if (name !== 'page') next.delete('page');
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
    setParams(next);
  };
  const query = useQuery({
    queryKey: ['events', filter],
    queryFn: () => api.get(`/events${queryString(filter)}`, eventPage),
    placeholderData: (previous) => previous,
  });
  const programmes = useQuery({
    queryKey: ['programmes', 'public'],
    queryFn: () => api.get('/programmes?pageSize=100&archived=false', programmePage),
  });
  return (
    <>
      <PageHead title={t('title')} hint={t('hint')} />
      <div className="chips" role="group" aria-label={t('programme')}>
        <Tag.CheckableTag checked={filter.programme === null} onChange={() => set('programme', null)}>
          {t('shell:all')}
        </Tag.CheckableTag>
        {programmes.data?.rows.map((row) => (
          <Tag.CheckableTag
            key={row.id}
            checked={filter.programme === row.id}
            onChange={(checked) => set('programme', checked ? row.id : null)}
          >
            {words.programme(row)}
          </Tag.CheckableTag>
        ))}
      </div>
      <div className="filters">
        <Input.Search
          key={filter.q}
          allowClear
          defaultValue={filter.q ?? ''}
          placeholder={t('searchHint')}
          onSearch={(value) => set('q', value.trim())}
          style={{ width: 280 }}
          data-testid="event-search"
        />
        <Select
          allowClear
          placeholder={t('kind')}
          value={filter.kind}
          options={codes.options('event-kind')}
          onChange={(value: string | undefined) => set('kind', value ?? null)}
          style={{ width: 180 }}
        />
      </div>
      <Tabs
        activeKey={time}
        onChange={(key) => set('time', key === 'past' ? 'past' : null)}
        items={[
          { key: 'upcoming', label: t('upcoming') },
          { key: 'past', label: t('past') },
        ]}
      />
      <Loaded query={query}>
        {(data) => (
          <PagedList
            data={data}
            gap={0}
            empty={<EmptyState text={t(time === 'past' ? 'noPast' : 'noUpcoming')} />}
            onPage={(next) => set('page', String(next))}
          >
            {(event) => <EventCard key={event.id} event={event} />}
          </PagedList>
        )}
      </Loaded>
    </>
  );
}
