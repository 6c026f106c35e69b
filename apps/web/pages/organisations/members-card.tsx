import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Dropdown, Flex, Tag, Typography, type MenuProps } from 'antd';
import { MoreOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { membersView, type MemberView } from '#libs/contracts/organisations/members.js';
import type { OrganisationView } from '#libs/contracts/organisations/organisation.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { InvitationList } from './invitation-list.js';
import { InviteDialog } from './invite-dialog.js';

export function MembersCard({ organisation }: { organisation: OrganisationView }) {
  const { t } = useTranslation('organisations');
  const [inviting, setInviting] = useState(false);
  const query = useQuery({
    queryKey: ['members', organisation.id],
    queryFn: () => api.get(`/organisations/${organisation.id}/members`, membersView),
  });
  return (
    <Card
      title={t('members.title')}
      extra={
        organisation.may.manageMembers && (
          <Button size="small" type="primary" onClick={() => setInviting(true)} data-testid="invite">
            {t('members.invite')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ rows }) => (
          <Flex vertical gap={12}>
            {rows.map((member) => (
              <Member key={member.personId} member={member} organisation={organisation} />
            ))}
          </Flex>
        )}
      </Loaded>
      {organisation.may.manageMembers && (
        <>
          <InvitationList organisationId={organisation.id} />
          <InviteDialog organisationId={organisation.id} open={inviting} onClose={() => setInviting(false)} />
        </>
      )}
    </Card>
  );
}

function Member({ member, organisation }: { member: MemberView; organisation: OrganisationView }) {
  const { t } = useTranslation('organisations');
  const format = useFormat();
  const items = useMemberActions(member, organisation);
  return (
    <Flex justify="space-between" align="start" gap={8}>
      <div style={{ minWidth: 0 }}>
        <Flex gap={6} align="center" wrap>
          <strong>{member.name}</strong>
          {member.title !== null && <Typography.Text type="secondary">{member.title}</Typography.Text>}
          {member.role === 'owner' && <Tag color="blue">{t('role.owner')}</Tag>}
          {member.me && <Tag>{t('members.me')}</Tag>}
        </Flex>
        <Typography.Text type="secondary" style={{ fontSize: 13, overflowWrap: 'anywhere' }}>
          {member.email} · {t('members.joinedAt', { day: format.day(member.joinedAt) })}
        </Typography.Text>
      </div>
      {items.length > 0 && (
        <Dropdown menu={{ items }} trigger={['click']}>
          <Button
            type="text"
            size="small"
            icon={<MoreOutlined />}
            aria-label={`${t('shell:actions')} ${member.name}`}
            data-testid="member-actions"
          />
        </Dropdown>
      )}
    </Flex>
  );
}

function useMemberActions(
  member: MemberView,
  organisation: OrganisationView,
): NonNullable<MenuProps['items']> {
  const { t } = useTranslation('organisations');
  const notice = useNotice();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const path = `/organisations/${organisation.id}/members/${member.personId}`;
  const run = async (action: Promise<unknown>, text: string) => {
    try {
      await action;
      notice.done(text);
      if (member.me) await queryClient.invalidateQueries();
      else await queryClient.invalidateQueries({ queryKey: ['members', organisation.id] });
      return true;
    } catch (error) {
      notice.failed(error);
      return false;
    }
  };
  const change = (role: 'owner' | 'member') =>
    void run(api.patch(path, membersView, { role }), t('shell:saved'));
  const remove = () =>
    notice.ask({
      title: t('members.removeAsk', { name: member.name }),
      text: t('members.removeText'),
      danger: true,
      action: () => run(api.delete(path, done), t('members.removed')),
    });
  const leave = () =>
    notice.ask({
      title: t('members.leaveAsk', { name: organisation.name }),
      text: t('members.leaveText'),
      danger: true,
      action: async () => {
        if (await run(api.delete(path, done), t('members.left'))) void navigate('/account');
      },
    });
  const items: NonNullable<MenuProps['items']> = [];
  if (organisation.may.manageMembers) {
    const next = member.role === 'owner' ? 'member' : 'owner';
    items.push({
      key: 'role',
      label: t(next === 'owner' ? 'members.makeOwner' : 'members.makeMember'),
      onClick: () => change(next),
    });
  }
  if (member.me) items.push({ key: 'leave', danger: true, label: t('members.leave'), onClick: leave });
  else if (organisation.may.manageMembers)
    items.push({ key: 'remove', danger: true, label: t('members.remove'), onClick: remove });
  return items;
}
