import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlacesView, RobotView } from '#libs/contracts/notifications/places.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { EmptyState } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { RobotForm } from './robot-form.js';

interface Props {
  /** Where robots are added; one is changed at `path/id`. */
  readonly path: string;
  readonly rows: readonly RobotView[];
  /** null = read anew. */
  readonly changed: (view: PlacesView | null) => void;
}

export function RobotsCard({ path, rows, changed }: Props) {
  const { t } = useTranslation('messages');
  const [edited, setEdited] = useState<RobotView | 'new' | null>(null);
  const add = (
    <Button size="small" type="primary" onClick={() => setEdited('new')} data-testid="add-robot">
      {t('places.addRobot')}
    </Button>
  );
  return (
    <Card title={t('places.robots')} extra={add}>
      {rows.length === 0 && <EmptyState text={t('places.noRobots')} />}
      <Flex vertical gap={16}>
        {rows.map((row) => (
          <Robot
            key={row.id}
            row={row}
            path={path}
            edit={() => setEdited(row)}
            removed={() => changed(null)}
          />
        ))}
      </Flex>
      {edited !== null && (
        <RobotForm
          path={path}
          robot={edited === 'new' ? null : edited}
          close={() => setEdited(null)}
          saved={(view) => {
            setEdited(null);
            changed(view);
          }}
        />
      )}
    </Card>
  );
}

function Robot({
  row,
  path,
  edit,
  removed,
}: {
  row: RobotView;
  path: string;
  edit: () => void;
  removed: () => void;
}) {
  const { t } = useTranslation('messages');
  const notice = useNotice();
  const remove = useMutation({
    mutationFn: () => api.delete(`${path}/${row.id}`, done),
    onSuccess: () => {
      notice.done(t('places.removed'));
      removed();
    },
    onError: notice.failed,
  });
  const ask = () =>
    notice.ask({
      title: t('places.removeAsk', { name: row.name }),
      danger: true,
      action: () => remove.mutateAsync().catch(() => undefined),
    });
  return (
    <div data-testid="robot">
      <Flex justify="space-between" gap={12} wrap>
        <Space size={8} wrap>
          <Typography.Text strong>{row.name}</Typography.Text>
          <Typography.Text type="secondary">
            {t(`channel.${row.kind}`)} ····{row.ending}
          </Typography.Text>
          <Tag color={row.enabled ? 'success' : 'default'}>{t(row.enabled ? 'places.on' : 'places.off')}</Tag>
        </Space>
        <Space size={8}>
          <Button size="small" onClick={edit}>
            {t('places.edit')}
          </Button>
          <Button size="small" danger loading={remove.isPending} onClick={ask}>
            {t('places.remove')}
          </Button>
        </Space>
      </Flex>
      <TopicTags topics={row.topics} />
      {row.fault !== null && (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 8 }}
          title={t('places.fault', { why: row.fault })}
        />
      )}
    </div>
  );
}

export function TopicTags({ topics }: { topics: readonly string[] }) {
  const { t } = useTranslation('notifications');
  return (
    <Flex gap={4} wrap style={{ marginTop: 6 }}>
      {topics.map((topic) => (
        <Tag key={topic}>{t(`topic.${topic}`)}</Tag>
      ))}
    </Flex>
  );
}
