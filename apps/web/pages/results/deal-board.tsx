import { useQueries } from '@tanstack/react-query';
import { Badge, Button, Flex, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { dealPage, type DealStage } from '#libs/contracts/results/deal.js';
import { api, queryString } from '../../shell/api.js';
import { EmptyState, LoadError } from '../../shell/states.js';
import { DealCard } from './deal-card.js';

const COLUMNS: readonly DealStage[] = ['lead', 'intent', 'negotiation', 'signed', 'paid'];
/** Out of the way, but not out of sight: counted below the board. */
const ASIDE: readonly DealStage[] = ['stalled', 'terminated'];
const PER_COLUMN = 20;

interface Props {
  filter: { q: string | null; programmeId: string | null };
  /** Opens the list of one stage. */
  showStage: (stage: DealStage) => void;
}

/** The five stages side by side, and how many deals are stalled or ended. */
export function DealBoard({ filter, showStage }: Props) {
  const { t } = useTranslation('results');
  const columns = useQueries({
    queries: [...COLUMNS, ...ASIDE].map((stage) => ({
      queryKey: ['deals', 'board', stage, filter],
      queryFn: () => api.get(`/deals${queryString({ ...filter, stage, pageSize: PER_COLUMN })}`, dealPage),
    })),
  });
  const failed = columns.find((column) => column.isError);
  if (failed) return <LoadError error={failed.error} retry={() => void failed.refetch()} />;
  if (columns.every((column) => column.data?.total === 0))
    return <EmptyState text={t(filter.q || filter.programmeId ? 'list.emptyFilter' : 'list.empty')} />;
  return (
    <>
      <div
        style={{ display: 'grid', gridTemplateColumns: `repeat(${COLUMNS.length}, minmax(0, 1fr))`, gap: 12 }}
        data-testid="deal-board"
      >
        {COLUMNS.map((stage, index) => {
          const data = columns[index]?.data;
          return (
            <section key={stage} aria-label={t(`stage.${stage}`)}>
              <Flex justify="space-between" align="center" style={{ marginBottom: 8 }}>
                <Typography.Text strong>{t(`stage.${stage}`)}</Typography.Text>
                <Badge count={data?.total ?? 0} showZero color="#8a94a3" overflowCount={9999} />
              </Flex>
              <Flex vertical gap={8}>
                {data === undefined && <Skeleton active paragraph={{ rows: 2 }} />}
                {data?.rows.map((deal) => (
                  <DealCard key={deal.id} deal={deal} />
                ))}
                {data?.total === 0 && (
                  <Typography.Text type="secondary">{t('list.emptyColumn')}</Typography.Text>
                )}
                {data !== undefined && data.total > PER_COLUMN && (
                  <Button type="link" onClick={() => showStage(stage)}>
                    {t('list.more', { count: data.total })}
                  </Button>
                )}
              </Flex>
            </section>
          );
        })}
      </div>
      <Flex gap={16} style={{ marginTop: 16 }}>
        {ASIDE.map((stage, index) => {
          const total = columns[COLUMNS.length + index]?.data?.total ?? 0;
          return total === 0 ? null : (
            <Button key={stage} onClick={() => showStage(stage)} data-testid={`aside-${stage}`}>
              {t(`stage.${stage}`)} {total}
            </Button>
          );
        })}
      </Flex>
    </>
  );
}
