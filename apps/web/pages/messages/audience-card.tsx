import { useQuery } from '@tanstack/react-query';
import { Card, Flex, Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { audienceView, type AudienceView } from '#libs/contracts/notifications/reminders.js';
import { api } from '../../shell/api.js';
import { Loaded } from '../../shell/states.js';

/** Who would get what if the event were changed, called off or near. */
export function AudienceCard({ path }: { path: string }) {
  const { t } = useTranslation('messages');
  const query = useQuery({ queryKey: ['audience', path], queryFn: () => api.get(path, audienceView) });
  return (
    <Card title={t('reminders.audience')} data-testid="audience">
      <Loaded query={query}>{(view) => <Audience view={view} />}</Loaded>
    </Card>
  );
}

type AudienceRow = AudienceView['rows'][number];

function Audience({ view }: { view: AudienceView }) {
  const { t } = useTranslation('messages');
  const number = (key: 'now' | 'later' | 'off') => ({
    title: t(`reminders.${key}`),
    dataIndex: key,
    align: 'end' as const,
  });
  return (
    <Flex vertical gap={16}>
      <Typography.Text type="secondary">
        {t('reminders.audienceHint', { people: view.people })}
      </Typography.Text>
      <Table<AudienceRow>
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
          { title: t('reminders.channel'), key: 'channel', render: (_, row) => t(`channel.${row.channel}`) },
          number('now'),
          number('later'),
          number('off'),
        ]}
      />
      <div>
        <div style={{ marginBottom: 4 }}>{t('reminders.robots')}</div>
        {view.robots.length === 0 && (
          <Typography.Text type="secondary">{t('reminders.noRobots')}</Typography.Text>
        )}
        {view.robots.map((robot) => (
          <Tag key={`${robot.kind} ${robot.name}`}>
            {robot.name} · {t(`channel.${robot.kind}`)}
          </Tag>
        ))}
      </div>
      {view.sample.length > 0 && (
        <div>
          <div style={{ marginBottom: 4 }}>{t('reminders.people')}</div>
          <Flex gap={6} wrap>
            {view.sample.map((person, index) => (
              <Tag key={`${person.name} ${index}`}>
                {person.name} · {person.channels.map((channel) => t(`channel.${channel}`)).join(' / ')}
              </Tag>
            ))}
          </Flex>
        </div>
      )}
    </Flex>
  );
}
