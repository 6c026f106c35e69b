import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { grantList, type GrantList } from '#libs/contracts/market/market-record.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import type { MarketKind } from './market-kind.js';

/** Reason of the grants that mutual interest gives by itself. */
const MUTUAL = 'mutual-interest';

/** Organizers: who else may read the sealed fields. */
export function GrantsCard({ of, id }: { of: MarketKind; id: string }) {
  const { t } = useTranslation('needs');
  const notice = useNotice();
  const format = useFormat();
  const queryClient = useQueryClient();
  const path = `${of.path}/${id}/grants`;
  const key = [of.kind, id, 'grants'];
  const query = useQuery({ queryKey: key, queryFn: () => api.get(path, grantList) });
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const store = (list: GrantList) => queryClient.setQueryData(key, list);
  const give = useMutation({
    mutationFn: () => api.post(path, grantList, { to: { name: name.trim() }, reason: reason.trim() }),
    onSuccess: (list) => {
      store(list);
      setName('');
      setReason('');
    },
    onError: notice.failed,
  });
  const revoke = (grantId: string) =>
    notice.ask({
      title: t('grant.revokeQuestion'),
      danger: true,
      action: () => api.delete(`${path}/${grantId}`, grantList).then(store, notice.failed),
    });
  return (
    <Card size="small" title={t('grant.title')}>
      <Loaded query={query}>
        {({ grants }) => (
          <Flex vertical gap={8}>
            {grants.length === 0 && <span style={{ color: '#6b7685' }}>{t('grant.none')}</span>}
            {grants.map((grant) => (
              <Flex key={grant.id} gap={8} wrap align="center">
                <strong>{grant.organisationName ?? grant.personName}</strong>
                <span>{grant.reason === MUTUAL ? t('grant.mutual') : grant.reason}</span>
                <span style={{ color: '#6b7685' }}>{format.day(grant.createdAt)}</span>
                <Button size="small" danger onClick={() => revoke(grant.id)}>
                  {t('grant.revoke')}
                </Button>
              </Flex>
            ))}
            <Flex gap={8} wrap>
              <Input
                value={name}
                placeholder={t('grant.to')}
                onChange={(event) => setName(event.target.value)}
                style={{ width: 260 }}
                data-testid="grant-to"
              />
              <Input
                value={reason}
                placeholder={t('grant.reason')}
                onChange={(event) => setReason(event.target.value)}
                style={{ width: 220 }}
              />
              <Button
                disabled={name.trim() === '' || reason.trim() === ''}
                loading={give.isPending}
                onClick={() => give.mutate()}
                data-testid="grant-give"
              >
                {t('grant.give')}
              </Button>
            </Flex>
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}
