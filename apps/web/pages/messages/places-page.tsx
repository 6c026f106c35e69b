import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { placesView, type PlacesView } from '#libs/contracts/notifications/places.js';
import { api } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { RobotsCard } from './robots-card.js';
import { SmsTemplatesCard } from './sms-templates-card.js';
import { WebhooksCard } from './webhooks-card.js';

/** /organisations/:id/places, and /organizer/robots for the platform's own. */
export default function PlacesPage() {
  const { t } = useTranslation('messages');
  const { id } = useParams();
  const queryClient = useQueryClient();
  const key = ['places', id ?? 'platform'];
  const path = id === undefined ? '/organizer/robots' : `/organisations/${encodeURIComponent(id)}/places`;
  const query = useQuery({ queryKey: key, queryFn: () => api.get(path, placesView) });
  const changed = (view: PlacesView | null) =>
    view === null
      ? void queryClient.invalidateQueries({ queryKey: key })
      : queryClient.setQueryData(key, view);
  const robots = id === undefined ? '/organizer/robots' : `/organisations/${encodeURIComponent(id)}/robots`;
  const webhooks = id === undefined ? null : `/organisations/${encodeURIComponent(id)}/webhooks`;
  const name = query.data?.organisation?.name;
  const back = id !== undefined && (
    <Link to={`/organisations/${id}`}>
      <Button>{t('places.back')}</Button>
    </Link>
  );
  return (
    <>
      <PageHead
        title={
          id === undefined ? t('places.platformTitle') : [t('places.title'), name].filter(Boolean).join(' · ')
        }
        hint={t(id === undefined ? 'places.platformHint' : 'places.hint')}
        actions={back}
      />
      <Loaded query={query}>
        {(view) => (
          <Flex vertical gap={16}>
            <RobotsCard path={robots} rows={view.robots} changed={changed} />
            {id === undefined && <SmsTemplatesCard />}
            {webhooks !== null && (
              <WebhooksCard path={webhooks} rows={view.webhooks} changed={() => changed(null)} />
            )}
          </Flex>
        )}
      </Loaded>
    </>
  );
}
