import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { programmeDetail } from '#libs/contracts/events/event-views.js';
import { api } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { EventCard } from '../events/event-card.js';

export default function ProgrammePage() {
  const { slug = '' } = useParams();
  const { t, i18n } = useTranslation('programmes');
  const query = useQuery({
    queryKey: ['programmes', slug],
    queryFn: () => api.get(`/programmes/${encodeURIComponent(slug)}`, programmeDetail),
  });
  return (
    <Loaded query={query}>
      {(programme) => (
        <>
          <PageHead
            title={i18n.language === 'en' && programme.nameEn ? programme.nameEn : programme.name}
            hint={[
              t('editions', { count: programme.editions }),
              t('held', { count: programme.held }),
              t('upcoming', { count: programme.upcoming }),
              ...(programme.owner === null ? [] : [t('owner', { name: programme.owner.name })]),
            ].join(' · ')}
          />
          {programme.intro !== null && programme.intro !== '' && (
            <Card style={{ marginBottom: 16, borderInlineStart: `4px solid ${programme.color}` }}>
              <div className="prose">{programme.intro}</div>
            </Card>
          )}
          <h2 style={{ fontSize: 17 }}>{t('events')}</h2>
          {programme.events.length === 0 ? (
            <EmptyState text={t('noEvents')} />
          ) : (
            programme.events.map((event) => <EventCard key={event.id} event={event} />)
          )}
        </>
      )}
    </Loaded>
  );
}
