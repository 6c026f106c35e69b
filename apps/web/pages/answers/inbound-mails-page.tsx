import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Input, Segmented, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  inboundMailsPage,
  inboundOutcome,
  type InboundMailView,
} from '#libs/contracts/notifications/inbound.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useQueryParams } from '../notifications/use-query-params.js';
import { reasonText } from './reason-text.js';
import { OutcomeTag } from './outcome-tag.js';

/** /organizer/inbound-mails: what came in and what became of it; those that wait for a person first. */
export default function InboundMailsPage() {
  const { t } = useTranslation('answers');
  const params = useQueryParams();
  const open = params.get('all') === '' && params.all('outcome').length === 0;
  const filter = {
    q: params.get('q'),
    eventId: params.get('eventId'),
    outcome: params.all('outcome'),
    open: open ? 'true' : '',
    page: params.page,
  };
  const query = useQuery({
    queryKey: ['inbound-mails', filter],
    queryFn: () => api.get(`/organizer/inbound-mails${queryString(filter)}`, inboundMailsPage),
    placeholderData: keepPreviousData,
  });
  const title = query.data?.rows.find((row) => row.event?.id === filter.eventId)?.event?.title;
  return (
    <>
      <PageHead title={t('inbound.title')} hint={t('inbound.hint')} />
      <div className="filters">
        <Segmented
          options={[
            { value: 'open', label: t('inbound.open', { count: query.data?.open ?? 0 }) },
            { value: 'all', label: t('inbound.all') },
          ]}
          value={open ? 'open' : 'all'}
          onChange={(value) => params.change({ all: value === 'all' ? '1' : null, outcome: null })}
        />
        <Input.Search
          allowClear
          defaultValue={filter.q}
          placeholder={t('inbound.search')}
          onSearch={(q) => params.change({ q: q.trim() })}
          style={{ width: 280 }}
        />
        <Select
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          value={filter.outcome}
          placeholder={t('inbound.outcome')}
          options={inboundOutcome.options.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          onChange={(outcome: string[]) => params.change({ outcome, all: outcome.length > 0 ? '1' : null })}
          style={{ width: 240 }}
        />
        {filter.eventId !== '' && (
          <Tag
            closable
            color="blue"
            onClose={() => params.change({ eventId: null })}
            style={{ alignContent: 'center', maxWidth: '100%', whiteSpace: 'normal' }}
          >
            {title === undefined
              ? t('notifications:deliveries.oneEvent')
              : t('notifications:deliveries.onlyEvent', { title })}
          </Tag>
        )}
      </div>
      <Loaded query={query}>
        {(page) => (
          <PagedList
            data={page}
            empty={<EmptyState text={t(open ? 'inbound.noneOpen' : 'inbound.empty')} />}
            onPage={(next) => params.change({ page: next })}
          >
            {(mail) => <MailRow key={mail.id} mail={mail} />}
          </PagedList>
        )}
      </Loaded>
    </>
  );
}

function MailRow({ mail }: { readonly mail: InboundMailView }) {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const from = [mail.fromName, mail.fromAddress].filter(Boolean).join(' · ');
  const whose = mail.attendee === null ? null : `${t('inbound.attendee')}${t('shell:colon')}${mail.attendee}`;
  const why = mail.outcome === 'quarantine' ? reasonText(mail.reason, t) : null;
  return (
    <Card size="small" data-testid="inbound-mail">
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', justifyContent: 'space-between' }}>
        <Link to={`/organizer/inbound-mails/${mail.id}`} style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {mail.subject || t('inbound.noSubject')}
        </Link>
        <span>
          <OutcomeTag outcome={mail.outcome} />
          {mail.settlement !== null && <Tag>{t(`inbound.settled.${mail.settlement}`)}</Tag>}
        </span>
      </div>
      <small style={{ overflowWrap: 'anywhere' }}>
        {[from || t('inbound.unknown'), mail.event?.title, format.instant(mail.receivedAt)]
          .filter(Boolean)
          .join(' · ')}
      </small>
      {(whose !== null || why !== null) && (
        <small style={{ display: 'block', color: '#6b7685', overflowWrap: 'anywhere' }}>
          {[whose, why].filter(Boolean).join(' · ')}
        </small>
      )}
    </Card>
  );
}
