import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { blockList, type BlockView } from '#libs/contracts/match-rules/blocks.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { BlockForm } from './block-form.js';

/** Organisations that an organisation is not matched with; for its members and organizers. */
export function BlocksCard({ organisationId }: { organisationId: string }) {
  const { t } = useTranslation('match-rules');
  const query = useQuery({
    queryKey: ['blocks', organisationId],
    queryFn: () => api.get(`/organisations/${organisationId}/blocks`, blockList),
  });
  return (
    <Card title={t('block.title')} data-testid="blocks">
      <Typography.Paragraph type="secondary">{t('block.hint')}</Typography.Paragraph>
      <Loaded query={query}>
        {({ rows, may }) => (
          <Flex vertical gap={12}>
            {rows.length === 0 && <Typography.Text type="secondary">{t('block.none')}</Typography.Text>}
            {rows.map((block) => (
              <Block key={block.id} block={block} organisationId={organisationId} />
            ))}
            {(may.state || may.recordDispute) && <BlockForm organisationId={organisationId} may={may} />}
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}

function Block({ block, organisationId }: { block: BlockView; organisationId: string }) {
  const { t } = useTranslation('match-rules');
  const format = useFormat();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const remove = () =>
    notice.ask({
      title: t('block.removeAsk', { name: block.organisation.name }),
      text: t('block.removeText'),
      danger: true,
      action: async () => {
        try {
          await api.delete(`/organisations/${organisationId}/blocks/${block.id}`, done);
          notice.done(t('block.removed'));
        } catch (error) {
          notice.failed(error);
        }
        await queryClient.invalidateQueries({ queryKey: ['blocks', organisationId] });
      },
    });
  return (
    <Flex justify="space-between" align="start" gap={8} data-testid="block">
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Flex gap={6} align="center" wrap>
          <Link to={`/organisations/${block.organisation.id}`}>{block.organisation.name}</Link>
          <Tag color={block.kind === 'dispute' ? 'red' : 'default'}>{t(`block.${block.kind}`)}</Tag>
          {!block.own && block.kind !== 'dispute' && <Tag>{t('block.byOther')}</Tag>}
        </Flex>
        {block.note !== null && <div>{block.note}</div>}
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {t('block.stated', { name: block.createdBy ?? '—', day: format.day(block.createdAt) })}
        </Typography.Text>
      </div>
      {block.mayEnd && (
        <Button size="small" danger type="text" onClick={remove} data-testid="block-remove">
          {t('block.remove')}
        </Button>
      )}
    </Flex>
  );
}
