import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Input, Segmented, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  deliveriesPage,
  deliveryChannel,
  deliveryStatus,
  type DeliveriesPage,
} from '#libs/contracts/notifications/deliveries.js';
import { TOPICS } from '#libs/contracts/notifications/topics.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { DeliveryList } from './delivery-list.js';
import { HeldAddresses } from './held-addresses.js';
import { RetryAll } from './retry-all.js';
import { useQueryParams } from './use-query-params.js';

const REFRESH_MS = 4000;
const unfinished = (page: DeliveriesPage | undefined) =>
  page !== undefined &&
  (page.unwritten > 0 || page.rows.some((row) => row.status === 'queued' || row.status === 'sending'));

/** /organizer/deliveries: the log of mails, `?eventId=` for one event. */
export default function DeliveriesPageView() {
  const { t } = useTranslation('notifications');
  const params = useQueryParams();
  const filter = {
    q: params.get('q'),
    eventId: params.get('eventId'),
    topic: params.all('topic'),
    channel: params.all('channel'),
    status: params.get('status'),
    page: params.page,
  };
  const query = useQuery({
    queryKey: ['deliveries', filter],
    queryFn: () => api.get(`/organizer/deliveries${queryString(filter)}`, deliveriesPage),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (unfinished(state.data) ? REFRESH_MS : false),
  });
  const title = query.data?.rows.find((row) => row.event?.id === filter.eventId)?.event?.title;
  return (
    <>
      <PageHead title={t('deliveries.title')} hint={t('deliveries.hint')} />
      <HeldAddresses />
      <StatusBar page={query.data} value={filter.status} change={(status) => params.change({ status })} />
      <div className="filters">
        <Input.Search
          allowClear
          defaultValue={filter.q}
          placeholder={t('deliveries.search')}
          onSearch={(q) => params.change({ q: q.trim() })}
          style={{ width: 280 }}
          data-testid="search-deliveries"
        />
        <Select
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          value={filter.topic}
          placeholder={t('deliveries.topics')}
          options={TOPICS.map((topic) => ({ value: topic, label: t(`topic.${topic}`) }))}
          onChange={(topic: string[]) => params.change({ topic })}
          style={{ width: 280 }}
        />
        <Select
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          value={filter.channel}
          placeholder={t('messages:reminders.channel')}
          options={deliveryChannel.options.map((value) => ({ value, label: t(`messages:channel.${value}`) }))}
          onChange={(channel: string[]) => params.change({ channel })}
          style={{ width: 180 }}
        />
        {filter.eventId !== '' && (
          <Tag
            closable
            color="blue"
            onClose={() => params.change({ eventId: null })}
            style={{ alignContent: 'center', maxWidth: '100%', whiteSpace: 'normal' }}
          >
            {title === undefined ? t('deliveries.oneEvent') : t('deliveries.onlyEvent', { title })}
          </Tag>
        )}
      </div>
      {(query.data?.counts.failed ?? 0) > 1 && (
        <RetryAll count={query.data?.counts.failed ?? 0} filter={filter} />
      )}
      {query.data !== undefined && query.data.unwritten > 0 && (
        <Alert
          showIcon
          title={t('deliveries.unwritten', { count: query.data.unwritten })}
          style={{ marginBottom: 12 }}
          data-testid="unwritten"
        />
      )}
      <Loaded query={query}>
        {(page) => <DeliveryList page={page} change={(next) => params.change({ page: next })} />}
      </Loaded>
    </>
  );
}

interface StatusBarProps {
  readonly page: DeliveriesPage | undefined;
  readonly value: string;
  readonly change: (status: string) => void;
}

function StatusBar({ page, value, change }: StatusBarProps) {
  const { t } = useTranslation('notifications');
  const counts = page?.counts;
  const all = counts === undefined ? '' : Object.values(counts).reduce((sum, count) => sum + count, 0);
  const options = [
    { value: '', label: `${t('shell:all')} ${all}` },
    ...deliveryStatus.options.map((status) => ({
      value: status,
      label: `${t(`status.${status}`)} ${counts?.[status] ?? ''}`,
    })),
  ];
  return (
    <div style={{ overflowX: 'auto', marginBottom: 12 }}>
      <Segmented options={options} value={value} onChange={change} />
    </div>
  );
}
