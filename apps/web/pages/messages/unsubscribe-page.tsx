import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { unsubscribeView } from '#libs/contracts/notifications/preferences.js';
import { api } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';

/** /unsubscribe/:token: asks; only the button changes anything, because mail scanners follow links. */
export default function UnsubscribePage() {
  const { t } = useTranslation('messages');
  const { token = '' } = useParams();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const path = `/unsubscribe/${encodeURIComponent(token)}`;
  const query = useQuery({ queryKey: ['unsubscribe', token], queryFn: () => api.get(path, unsubscribeView) });
  const stop = useMutation({
    mutationFn: () => api.post(path, unsubscribeView),
    onSuccess: (view) => queryClient.setQueryData(['unsubscribe', token], view),
    onError: notice.failed,
  });
  const settings = (
    <Link key="settings" to="/account/notifications">
      <Button>{t('unsubscribe.settings')}</Button>
    </Link>
  );
  return (
    <>
      <PageHead title={t('unsubscribe.title')} />
      <Loaded query={query}>
        {({ group, others = [], subscribed }) => (
          <Card>
            <Result
              status={subscribed ? 'info' : 'success'}
              title={t(subscribed ? 'unsubscribe.ask' : 'unsubscribe.done', {
                group: [group, ...others].map((one) => t(`group.${one}`)).join(t('unsubscribe.and')),
              })}
              subTitle={t('unsubscribe.hint')}
              extra={
                subscribed
                  ? [
                      <Button
                        key="stop"
                        type="primary"
                        loading={stop.isPending}
                        onClick={() => stop.mutate()}
                      >
                        {t('unsubscribe.confirm')}
                      </Button>,
                      settings,
                    ]
                  : settings
              }
            />
          </Card>
        )}
      </Loaded>
    </>
  );
}
