import { UndoOutlined } from '@ant-design/icons';
import { Button, Flex, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssignmentPairView, AssignmentSummary } from '#libs/contracts/meetings/assignments.js';
import { useFormat } from '../../shell/format.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { AssignmentPairRow } from './assignment-pair-row.js';
import { useAssignmentPairs, type AssignmentActions, type PairsShown } from './use-assignment.js';

const SHOWN = ['proposed', 'accepted', 'left-out', 'barred', 'all'] as const;

const mayAccept = (pair: AssignmentPairView): boolean =>
  !pair.accepted && pair.reason !== 'blocked' && pair.reason !== 'no-thanks';

/** Pairs of a proposal by what became of them, found by name, to be accepted all or one by one. */
export function AssignmentPairList({
  latest,
  open,
  actions,
}: {
  readonly latest: AssignmentSummary;
  /** Meetings may still be arranged. */
  readonly open: boolean;
  readonly actions: AssignmentActions;
}) {
  const { t } = useTranslation('meetings');
  const [view, setView] = useState<PairsShown>({ page: 1, q: '', shown: 'proposed' });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const query = useAssignmentPairs(latest.id, view);
  const select = (id: string, selected: boolean) => {
    const next = new Set(chosen);
    if (selected) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <>
      {open && (
        <Accepting latest={latest} actions={actions} chosen={chosen} clear={() => setChosen(new Set())} />
      )}
      <Flex wrap gap={12} align="center">
        <div style={{ maxWidth: '100%', overflowX: 'auto' }}>
          <Segmented
            value={view.shown}
            options={SHOWN.map((value) => ({ value, label: t(`assign.shown.${value}`) }))}
            onChange={(shown) => setView({ ...view, page: 1, shown })}
          />
        </div>
        <Input.Search
          allowClear
          placeholder={t('assign.search')}
          onSearch={(q) => setView({ ...view, page: 1, q })}
          style={{ width: 260, maxWidth: '100%' }}
          data-testid="search-pairs"
        />
      </Flex>
      <Loaded query={query}>
        {(page) => (
          <PagedList
            data={page}
            gap={0}
            empty={<EmptyState text={t('assign.noneFound')} />}
            onPage={(number) => setView({ ...view, page: number })}
          >
            {(pair) => (
              <AssignmentPairRow
                key={pair.id}
                pair={pair}
                selected={chosen.has(pair.id)}
                select={open && mayAccept(pair) ? (selected) => select(pair.id, selected) : null}
              />
            )}
          </PagedList>
        )}
      </Loaded>
    </>
  );
}

interface AcceptingProps {
  readonly latest: AssignmentSummary;
  readonly actions: AssignmentActions;
  readonly chosen: ReadonlySet<string>;
  readonly clear: () => void;
}

function Accepting({ latest, actions, chosen, clear }: AcceptingProps) {
  const { t } = useTranslation('meetings');
  const format = useFormat();
  const notice = useNotice();
  const { accepted } = latest;
  const ask = (pairIds: readonly string[] | null, count: number) =>
    notice.ask({
      title: t('assign.acceptAsk', { count }),
      text: t('assign.acceptHint'),
      // What is refused is said by the action itself.
      action: () => actions.accept.mutateAsync(pairIds).then(clear, () => undefined),
    });
  return (
    <Flex wrap gap={8}>
      {chosen.size > 0 && (
        <Button type="primary" onClick={() => ask([...chosen], chosen.size)} data-testid="accept-chosen">
          {t('assign.acceptChosen', { count: chosen.size })}
        </Button>
      )}
      <Button
        type={chosen.size > 0 ? 'default' : 'primary'}
        disabled={latest.open === 0}
        onClick={() => ask(null, latest.open)}
        data-testid="accept-all"
      >
        {t('assign.acceptAll', { count: latest.open })}
      </Button>
      {accepted !== null && accepted.removable > 0 && (
        <Button
          icon={<UndoOutlined />}
          onClick={() =>
            notice.ask({
              title: t('assign.undoAsk', { count: accepted.removable, time: format.instant(accepted.at) }),
              action: () => actions.undo.mutateAsync().catch(() => undefined),
            })
          }
          data-testid="undo-acceptance"
        >
          {t('assign.undo', { count: accepted.removable })}
        </Button>
      )}
    </Flex>
  );
}
