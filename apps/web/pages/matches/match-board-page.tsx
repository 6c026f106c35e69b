import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { boardPage, boardQuery, type BoardRow } from '#libs/contracts/matching/match-board.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { BoardFilters } from './board-filters.js';
import { BoardRowCard } from './board-row.js';
import { OverrideDialog, type Asked } from './override-dialog.js';
import { QuestionDrawer } from './question-drawer.js';
import { useOverride } from './use-override.js';

/** All pairs with what both sides said; organizers recommend, hide, or leave them to the engine. */
export default function MatchBoardPage() {
  const { t } = useTranslation('matches');
  const [params, setParams] = useSearchParams();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [questioned, setQuestioned] = useState<BoardRow | null>(null);
  const override = useOverride();
  const parsed = boardQuery.safeParse(Object.fromEntries(params));
  const values = parsed.success ? parsed.data : boardQuery.parse({});
  const query = useQuery({
    queryKey: ['match-board', values],
    queryFn: () => api.get(`/organizer/match-board${queryString(values)}`, boardPage),
    placeholderData: keepPreviousData,
  });
  const set = (name: string, value: string | null | undefined) => {
    const next = new URLSearchParams(params);
    if (name !== 'page') next.delete('page');
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next);
  };
  const narrowed = [...params.keys()].some((name) => name !== 'sort' && name !== 'page');
  return (
    <>
      <PageHead
        title={t('board.title')}
        hint={t('board.hint')}
        actions={
          <Button
            type="primary"
            onClick={() => setAsked({ action: 'pin', row: null })}
            data-testid="recommend"
          >
            {t('board.recommend')}
          </Button>
        }
      />
      {!parsed.success && <Alert type="warning" showIcon title={t('board.badFilter')} />}
      <BoardFilters params={params} set={set} counts={query.data?.counts} />
      <Loaded query={query}>
        {(data) => (
          <PagedList
            data={data}
            gap={10}
            onPage={(page) => set('page', String(page))}
            empty={<EmptyState text={t(narrowed ? 'emptyFiltered' : 'board.empty')} />}
          >
            {(row) => (
              <BoardRowCard
                key={row.id}
                row={row}
                decide={(action) => setAsked({ action, row })}
                ask={() => setQuestioned(row)}
              />
            )}
          </PagedList>
        )}
      </Loaded>
      <OverrideDialog asked={asked} close={() => setAsked(null)} override={override} />
      {questioned !== null && (
        <QuestionDrawer
          key={questioned.id}
          open
          close={() => setQuestioned(null)}
          subject={{ kind: 'need', ...questioned.need }}
          other={questioned.capability}
          title={t('board.why')}
        />
      )}
    </>
  );
}
