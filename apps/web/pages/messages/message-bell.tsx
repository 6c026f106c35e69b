import { BellOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { unreadCount } from '#libs/contracts/notifications/messages.js';
import { api } from '../../shell/api.js';

export const UNREAD_KEY = ['messages', 'unread'] as const;

/** How many messages are unread; the server says when that changes. */
export function MessageBell() {
  const { t } = useTranslation('messages');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { data } = useQuery({
    queryKey: UNREAD_KEY,
    queryFn: () => api.get('/me/messages/unread', unreadCount),
  });
  useEffect(() => {
    const source = new EventSource('/api/me/messages/unread');
    source.addEventListener('unread', (event: MessageEvent<string>) => {
      const told = unreadCount.safeParse(JSON.parse(event.data));
      if (!told.success) return;
      queryClient.setQueryData(UNREAD_KEY, told.data);
      void queryClient.invalidateQueries({ queryKey: ['messages', 'list'] });
    });
    return () => source.close();
  }, [queryClient]);
  const count = data?.unread ?? 0;
  return (
    <Badge count={count} size="small" offset={[-4, 4]} styles={{ indicator: { pointerEvents: 'none' } }}>
      <Button
        type="text"
        icon={<BellOutlined />}
        aria-label={t('bell', { count })}
        onClick={() => void navigate('/messages')}
        data-testid="message-bell"
      />
    </Badge>
  );
}
