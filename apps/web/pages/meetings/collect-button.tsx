import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { collectReport, type CollectReport } from '#libs/contracts/meetings/meetings.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { CollectDialog } from './collect-dialog.js';

/** Turns mutual interests into meetings, and says what became of them. */
export function CollectButton({ eventId }: { readonly eventId: string }) {
  const { t } = useTranslation('meetings');
  const notice = useNotice();
  const client = useQueryClient();
  const [report, setReport] = useState<CollectReport | null>(null);
  const collect = useMutation({
    mutationFn: (beyondMaxima: boolean) =>
      api.post(`/organizer/events/${eventId}/meetings/collect`, collectReport, { beyondMaxima }),
    onSuccess: async (result) => {
      await client.invalidateQueries({ queryKey: ['timetable', eventId] });
      setReport(result);
    },
    onError: (error) => notice.failed(error),
  });
  return (
    <>
      <Button
        loading={collect.isPending}
        onClick={() => collect.mutate(false)}
        data-testid="collect-meetings"
      >
        {t('board.collect')}
      </Button>
      <CollectDialog
        report={report}
        goBeyond={() => collect.mutate(true)}
        loading={collect.isPending}
        close={() => setReport(null)}
      />
    </>
  );
}
