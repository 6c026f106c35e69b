import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Card, Flex, Segmented, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { messagesPage, unreadCount, type MessageView } from '#libs/contracts/notifications/messages.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { UNREAD_KEY } from './message-bell.js';

/** /messages: what came for the reader, newest first. */
export default function MessagesPage() {
  const { t } = useTranslation('messages');
  const [page, setPage] = useState(1);
  const [unread, setUnread] = useState(false);
  const read = useMarkRead();
  const query = useQuery({
    queryKey: ['messages', 'list', page, unread],
    queryFn: () => api.get(`/me/messages${queryString({ page, unread })}`, messagesPage),
    placeholderData: keepPreviousData,
  });
  const actions = (
    <>
      <Button
        disabled={query.data?.unread === 0}
        onClick={() => read.mutate(undefined)}
        data-testid="read-all"
      >
        {t('list.readAll')}
      </Button>
      <Link to="/account/notifications">
        <Button>{t('list.settings')}</Button>
      </Link>
    </>
  );
  const options = [
    { value: 'all', label: t('list.all') },
    { value: 'unread', label: `${t('list.unread')} ${query.data?.unread ?? ''}` },
  ];
  return (
    <>
      <PageHead title={t('list.title')} hint={t('list.hint')} actions={actions} />
      <Segmented
        options={options}
        value={unread ? 'unread' : 'all'}
        onChange={(value) => {
          setUnread(value === 'unread');
          setPage(1);
        }}
        style={{ marginBottom: 12 }}
      />
      <Loaded query={query}>
        {(data) => (
          <PagedList
            data={data}
            empty={<EmptyState text={t(unread ? 'list.noneUnread' : 'list.empty')} />}
            onPage={setPage}
          >
            {(row: MessageView) => <Message key={row.id} row={row} opened={() => read.mutate([row.id])} />}
          </PagedList>
        )}
      </Loaded>
    </>
  );
}

function useMarkRead() {
  const notice = useNotice();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | undefined) =>
      api.post('/me/messages/read', unreadCount, ids === undefined ? {} : { ids }),
    onSuccess: (count) => {
      queryClient.setQueryData(UNREAD_KEY, count);
      return queryClient.invalidateQueries({ queryKey: ['messages', 'list'] });
    },
    onError: notice.failed,
  });
}

function Message({ row, opened }: { row: MessageView; opened: () => void }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const unread = row.readAt === null;
  return (
    <Card size="small" data-testid="message">
      <Flex justify="space-between" gap={12} wrap>
        <div style={{ minWidth: 0, flex: '1 1 280px' }}>
          <Flex gap={8} align="center">
            {unread && <Badge status="processing" />}
            <Typography.Text strong={unread}>{row.subject}</Typography.Text>
          </Flex>
          {row.facts.map(({ label, value }) => (
            <div key={label} style={{ overflowWrap: 'anywhere' }}>
              <Typography.Text type="secondary">
                {label}
                {t('shell:colon')}
              </Typography.Text>
              {value}
            </div>
          ))}
          <Typography.Text type="secondary">{format.instant(row.createdAt)}</Typography.Text>
        </div>
        {row.link !== null && (
          <Link to={row.link} onClick={opened}>
            <Button size="small">{t('list.open')}</Button>
          </Link>
        )}
      </Flex>
    </Card>
  );
}
