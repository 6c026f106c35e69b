import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BoardRow } from '#libs/contracts/matching/match-board.js';
import { RecordPicker } from './record-picker.js';
import type { useOverride } from './use-override.js';

export interface Asked {
  readonly action: 'pin' | 'hide' | 'clear';
  /** null = a pair that is chosen in the dialog. */
  readonly row: BoardRow | null;
}

interface Props {
  asked: Asked | null;
  close: () => void;
  override: ReturnType<typeof useOverride>;
}

interface Fields {
  needId?: string;
  capabilityId?: string;
  note?: string;
}

/** Asks for the note that goes with a decision about a pair, and for the pair itself when a new one is recommended. */
export function OverrideDialog({ asked, close, override }: Props) {
  const { t } = useTranslation('matches');
  const [form] = Form.useForm<Fields>();
  const row = asked?.row ?? null;
  const send = async ({ needId, capabilityId, note }: Fields) => {
    const need = row?.need.id ?? needId;
    const capability = row?.capability.id ?? capabilityId;
    if (asked === null || need === undefined || capability === undefined) return;
    const decision = {
      needId: need,
      capabilityId: capability,
      action: asked.action,
      note: note?.trim() || null,
    };
    // What went wrong is told by the mutation itself; the dialog stays.
    await override.mutateAsync({ decision, before: row?.override ?? null }).then(close, () => undefined);
  };
  return (
    <Modal
      open={asked !== null}
      title={asked === null ? '' : t(row === null ? 'board.recommend' : `board.ask.${asked.action}`)}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={override.isPending}
      okButtonProps={{ danger: asked?.action === 'hide' }}
      cancelText={t('shell:back')}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" preserve={false} onFinish={send}>
        {row === null ? (
          (['need', 'capability'] as const).map((side) => (
            <Form.Item
              key={side}
              name={`${side}Id`}
              label={t(`kind.${side}`)}
              rules={[{ required: true, message: t(`picker.${side}`) }]}
            >
              <RecordPicker side={side} />
            </Form.Item>
          ))
        ) : (
          <p>
            {row.need.title} × {row.capability.title}
          </p>
        )}
        {asked !== null && <p style={{ color: '#6b7685' }}>{t(`board.effect.${asked.action}`)}</p>}
        <Form.Item name="note" label={t('board.note')}>
          <Input.TextArea rows={3} maxLength={500} showCount data-testid="override-note" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
