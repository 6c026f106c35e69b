import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { blockStated, type BlockList, type BlockView } from '#libs/contracts/match-rules/blocks.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { OrganisationSelect, type ChosenOrganisation } from './organisation-select.js';

/** Adds an organisation to the list: members name competitors, organizers record disputes. */
export function BlockForm({ organisationId, may }: { organisationId: string; may: BlockList['may'] }) {
  const { t } = useTranslation('match-rules');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const kinds: BlockView['kind'][] = [
    ...(may.state ? (['competitor', 'other'] as const) : []),
    ...(may.recordDispute ? (['dispute'] as const) : []),
  ];
  const [other, setOther] = useState<ChosenOrganisation | null>(null);
  const [kind, setKind] = useState(kinds[0] ?? 'competitor');
  const [note, setNote] = useState('');
  const add = useMutation({
    mutationFn: () =>
      api.post(`/organisations/${organisationId}/blocks`, blockStated, {
        organisationId: other?.value,
        kind,
        note: note.trim() || null,
      }),
    onSuccess: async ({ withdrawn, kept }) => {
      notice.done(t(kept > 0 ? 'block.addedKept' : 'block.added', { withdrawn, kept }));
      setOther(null);
      setNote('');
      await queryClient.invalidateQueries({ queryKey: ['blocks', organisationId] });
    },
    onError: notice.failed,
  });
  return (
    <Flex vertical gap={8} style={{ borderTop: '1px solid #eef1f5', paddingTop: 12 }}>
      <OrganisationSelect without={organisationId} value={other} onChange={setOther} label={t('block.add')} />
      {kinds.length > 1 && (
        <Radio.Group
          value={kind}
          aria-label={t('block.kind')}
          options={kinds.map((value) => ({ value, label: t(`block.${value}`) }))}
          onChange={(event) => setKind(event.target.value as BlockView['kind'])}
        />
      )}
      <Input.TextArea
        value={note}
        maxLength={500}
        autoSize={{ minRows: 1, maxRows: 4 }}
        placeholder={t(kind === 'dispute' ? 'block.disputeNote' : 'block.note')}
        aria-label={t(kind === 'dispute' ? 'block.disputeNote' : 'block.note')}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button
        style={{ alignSelf: 'start' }}
        disabled={other === null}
        loading={add.isPending}
        onClick={() => add.mutate()}
        data-testid="block-add"
      >
        {t(kind === 'dispute' ? 'block.saveDispute' : 'block.save')}
      </Button>
    </Flex>
  );
}
