import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Divider, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { invitationsView } from '#libs/contracts/organisations/members.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';

/** Invitations that nobody has accepted yet; nothing when there are none. */
export function InvitationList({ organisationId }: { organisationId: string }) {
  const { t } = useTranslation('organisations');
  const format = useFormat();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const key = ['invitations', organisationId];
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => api.get(`/organisations/${organisationId}/invitations`, invitationsView),
  });
  if (data === undefined || data.rows.length === 0) return null;
  const withdraw = (id: string, email: string) =>
    notice.ask({
      title: t('members.withdrawAsk', { email }),
      danger: true,
      action: () =>
        api
          .delete(`/organisations/${organisationId}/invitations/${id}`, done)
          .then(() => notice.done(t('members.withdrawn')), notice.failed)
          .then(() => queryClient.invalidateQueries({ queryKey: key })),
    });
  return (
    <>
      <Divider titlePlacement="start" plain>
        {t('members.pending')}
      </Divider>
      <Flex vertical gap={10}>
        {data.rows.map((row) => (
          <Flex key={row.id} justify="space-between" align="center" gap={8}>
            <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {row.email}
              <br />
              <Typography.Text type="secondary" style={{ fontSize: 13 }}>
                {row.invitedBy !== null && `${t('members.invitedBy', { name: row.invitedBy })} · `}
                {t('members.expires', { time: format.instant(row.expiresAt) })}
              </Typography.Text>
            </div>
            <Button size="small" onClick={() => withdraw(row.id, row.email)}>
              {t('members.withdraw')}
            </Button>
          </Flex>
        ))}
      </Flex>
    </>
  );
}
