import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { heldAddressesView } from '#libs/contracts/notifications/held-addresses.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';

const KEY = ['held-addresses'];

/** Addresses that mail is held back from, above the delivery log; nothing when there are none. */
export function HeldAddresses() {
  const { t } = useTranslation('notifications');
  const format = useFormat();
  const notice = useNotice();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => api.get('/organizer/held-addresses', heldAddressesView),
  });
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  const lift = async (id: string) => {
    try {
      await api.post(`/organizer/held-addresses/${id}/lift`, done);
      notice.done(t('held.lifted'));
    } catch (error) {
      notice.failed(error);
    }
    await client.invalidateQueries({ queryKey: KEY });
  };
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={t('held.title', { count: rows.length })}
      data-testid="held-addresses"
      description={
        <Flex vertical gap={8}>
          <span>{t('held.rule')}</span>
          <Flex vertical gap={8} style={{ maxHeight: 300, overflowY: 'auto' }}>
            {rows.map((row) => (
              <Flex key={row.id} justify="space-between" align="start" gap={12} wrap>
                <div style={{ minWidth: 0, flex: '1 1 240px', overflowWrap: 'anywhere' }}>
                  <strong>{row.address}</strong>{' '}
                  <Typography.Text type="secondary">
                    {t('held.since', { at: format.instant(row.heldAt), count: row.failures })}
                  </Typography.Text>
                  <div>{row.diagnostic}</div>
                </div>
                <Button size="small" onClick={() => void lift(row.id)} data-testid="lift-hold">
                  {t('held.lift')}
                </Button>
              </Flex>
            ))}
          </Flex>
        </Flex>
      }
    />
  );
}
