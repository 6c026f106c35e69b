import { useQuery } from '@tanstack/react-query';
import { Alert, Collapse, Flex, Spin, Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { announcementView, type AnnouncementView } from '#libs/contracts/notifications/announcement.js';
import { api } from '../../shell/api.js';

/** Asks who would get what if the event were changed so. */
export const foretell = (eventId: string, body: Record<string, unknown>): Promise<AnnouncementView> =>
  api.post(`/organizer/events/${encodeURIComponent(eventId)}/announcement`, announcementView, body);

/** Whether anybody hears of it at all. */
export const tellsAnybody = ({ people, robots }: AnnouncementView): boolean =>
  people > 0 || robots.length > 0;

/** Who gets what when the organizer confirms. */
export function Announcement({ eventId, body }: { eventId: string; body: Record<string, unknown> }) {
  const query = useQuery({
    queryKey: ['announcement', eventId, body],
    queryFn: () => foretell(eventId, body),
    gcTime: 0,
    retry: false,
  });
  if (query.isPending) return <Spin size="small" style={{ marginTop: 12 }} />;
  if (query.isError)
    return <Alert type="warning" showIcon title={query.error.message} style={{ marginTop: 12 }} />;
  return <AnnouncementTable view={query.data} />;
}

type Row = AnnouncementView['rows'][number];
type Line = AnnouncementView['lines'][number];

const COLORS = { now: 'green', later: 'blue', digest: 'blue', off: 'default' } as const;
const NUMBERS = ['now', 'later', 'digest', 'off'] as const;

export function AnnouncementTable({ view }: { view: AnnouncementView }) {
  const { t } = useTranslation('messages');
  if (view.total === 0 && view.robots.length === 0)
    return (
      <Typography.Text type="secondary" data-testid="announcement">
        {t('announcement.nobody')}
      </Typography.Text>
    );
  const shown = NUMBERS.filter((key) => key === 'now' || view.rows.some((row) => row[key] > 0));
  return (
    <Flex vertical gap={12} style={{ marginTop: 12 }} data-testid="announcement">
      <strong>{t('announcement.title', { count: view.people })}</strong>
      {view.rows.length > 0 && (
        <Table<Row>
          size="small"
          rowKey={(row) => `${row.topic} ${row.channel}`}
          pagination={false}
          dataSource={view.rows}
          scroll={{ x: true }}
          columns={[
            {
              title: t('reminders.topic'),
              key: 'topic',
              render: (_, row) => t(`notifications:topic.${row.topic}`),
            },
            {
              title: t('reminders.channel'),
              key: 'channel',
              render: (_, row) => t(`channel.${row.channel}`),
            },
            ...shown.map((key) => ({
              title: t(`announcement.${key}`),
              dataIndex: key,
              align: 'end' as const,
            })),
          ]}
        />
      )}
      <Robots view={view} />
      {view.lines.length > 0 && (
        <Collapse
          size="small"
          items={[{ key: 'people', label: t('announcement.list'), children: <People view={view} /> }]}
        />
      )}
    </Flex>
  );
}

function Robots({ view }: { view: AnnouncementView }) {
  const { t } = useTranslation('messages');
  if (view.robots.length === 0 && view.webhooks === 0) return null;
  return (
    <Flex gap={6} wrap>
      {view.robots.map((robot) => (
        <Tag key={`${robot.channel} ${robot.name}`}>
          {robot.name} · {t(`channel.${robot.channel}`)} × {robot.messages}
        </Tag>
      ))}
      {view.webhooks > 0 && <Tag>{t('announcement.webhooks', { count: view.webhooks })}</Tag>}
    </Flex>
  );
}

function People({ view }: { view: AnnouncementView }) {
  const { t } = useTranslation('messages');
  const several = new Set(view.rows.map((row) => row.topic)).size > 1;
  return (
    <>
      <Table<Line>
        size="small"
        showHeader={false}
        rowKey={(line) => `${line.personId} ${line.topic}`}
        dataSource={[...view.lines]}
        pagination={{ pageSize: 8, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
        columns={[
          {
            key: 'name',
            render: (_, line) =>
              several ? `${line.name} · ${t(`notifications:topic.${line.topic}`)}` : line.name,
          },
          {
            key: 'channels',
            render: (_, line) => (
              <Flex gap={4} wrap>
                {line.channels.map(({ channel, heard }) => (
                  <Tag key={channel} color={COLORS[heard]} style={{ marginInlineEnd: 0 }}>
                    {t(`channel.${channel}`)}
                    {heard !== 'now' && ` · ${t(`announcement.${heard}`)}`}
                  </Tag>
                ))}
              </Flex>
            ),
          },
        ]}
      />
      {view.total > view.lines.length && (
        <Typography.Text type="secondary">
          {t('announcement.first', { shown: view.lines.length, all: view.total })}
        </Typography.Text>
      )}
    </>
  );
}
