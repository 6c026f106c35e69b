import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { boardRow, type BoardRow, type overridePair } from '#libs/contracts/matching/match-board.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

export type Decision = z.input<typeof overridePair>;

/** Stands for the model of a pair that no engine has scored yet. */
export const UNSCORED_MODEL = 'organizer';
const UNDO_SECONDS = 8;

/** The decision that brings back what held before. */
const former = (override: BoardRow['override'], pair: Decision): Decision => ({
  needId: pair.needId,
  capabilityId: pair.capabilityId,
  action: override === null ? 'clear' : override.kind === 'pinned' ? 'pin' : 'hide',
  note: override?.note ?? null,
});

/** Pins, hides or clears a pair, and offers to undo it. */
export function useOverride() {
  const { t } = useTranslation('matches');
  const { message } = App.useApp();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ decision }: { decision: Decision; before: BoardRow['override']; undone?: boolean }) =>
      api.post('/organizer/match-board/override', boardRow, decision),
    onSuccess: async (_row, { decision, before, undone }) => {
      await queryClient.invalidateQueries({ queryKey: ['match-board'] });
      if (undone === true) return notice.done(t('board.undone'));
      const key = `${decision.needId} ${decision.capabilityId}`;
      const undo = () => {
        message.destroy(key);
        mutation.mutate({ decision: former(before, decision), before: null, undone: true });
      };
      void message.success({
        key,
        duration: UNDO_SECONDS,
        content: (
          <>
            {t(`board.done.${decision.action}`)}
            <Button type="link" size="small" onClick={undo} data-testid="undo">
              {t('board.undo')}
            </Button>
          </>
        ),
      });
    },
    onError: notice.failed,
  });
  return mutation;
}
