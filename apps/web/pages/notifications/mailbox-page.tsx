import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Grid, Input, Pagination, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { mailboxPage, type MailboxPage } from '#libs/contracts/notifications/mailbox.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { MailList } from './mail-list.js';
import { MailReader } from './mail-reader.js';
import { useQueryParams } from './use-query-params.js';

const REFRESH_MS = 4000;

/** /mailbox: mails of an installation without a mail server, `?address=` for one recipient, `?mail=` opened. */
export default function MailboxPageView() {
  const { t } = useTranslation('notifications');
  const params = useQueryParams();
  const wide = Grid.useBreakpoint().lg ?? true;
  const filter = { address: params.get('address'), q: params.get('q'), page: params.page };
  const query = useQuery({
    queryKey: ['mailbox', filter],
    queryFn: () => api.get(`/mailbox${queryString(filter)}`, mailboxPage),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const opened = params.get('mail');
  const open = (mail: string | null) => params.change({ mail, page: params.page });
  if (!wide && opened !== '') {
    return (
      <Card styles={{ body: { padding: 0 } }}>
        <MailReader id={opened} back={() => open(null)} />
      </Card>
    );
  }
  return (
    <>
      <PageHead title={t('mailbox.title')} hint={t('mailbox.hint')} />
      <Loaded query={query}>
        {(page) => (
          <>
            <Filters page={page} filter={filter} change={params.change} />
            <Card styles={{ body: { padding: 0 } }}>
              <div style={{ display: 'grid', gridTemplateColumns: wide ? '360px minmax(0, 1fr)' : '1fr' }}>
                <div style={wide ? { borderInlineEnd: '1px solid #e6e9ef' } : undefined}>
                  <MailList rows={page.rows} opened={opened} open={open} />
                  <Pagination
                    simple
                    hideOnSinglePage
                    style={{ padding: 12 }}
                    current={page.page}
                    pageSize={page.pageSize}
                    total={page.total}
                    onChange={(next) => params.change({ page: next })}
                  />
                </div>
                {wide && (opened === '' ? <Nothing empty={page.total === 0} /> : <MailReader id={opened} />)}
              </div>
            </Card>
          </>
        )}
      </Loaded>
    </>
  );
}

function Nothing({ empty }: { empty: boolean }) {
  const { t } = useTranslation('notifications');
  return <div style={{ padding: 48 }}>{!empty && <EmptyState text={t('mailbox.choose')} />}</div>;
}

interface FilterProps {
  readonly page: MailboxPage;
  readonly filter: { readonly address: string; readonly q: string };
  readonly change: (values: Record<string, string | null>) => void;
}

function Filters({ page, filter, change }: FilterProps) {
  const { t } = useTranslation('notifications');
  const people = page.recipients.map(({ address, name, messages }) => ({
    value: address,
    label: `${name ? `${name} ` : ''}${address} · ${t('mailbox.messages', { count: messages })}`,
  }));
  return (
    <div className="filters">
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        value={filter.address}
        options={[{ value: '', label: t('mailbox.everybody') }, ...people]}
        onChange={(address: string) => change({ address, mail: null })}
        aria-label={t('mailbox.recipients')}
        style={{ width: 380 }}
        data-testid="mailbox-recipient"
      />
      <Input.Search
        allowClear
        defaultValue={filter.q}
        placeholder={t('mailbox.search')}
        onSearch={(q) => change({ q: q.trim(), mail: null })}
        style={{ width: 260 }}
      />
    </div>
  );
}
