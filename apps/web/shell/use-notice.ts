import { App } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface Notice {
  readonly done: (text: string) => void;
  /** Shows what an action answered when it failed. */
  readonly failed: (error: unknown) => void;
  /** Asks before a destructive act; runs `action` when confirmed. */
  readonly ask: (question: {
    title: string;
    text?: ReactNode;
    /** In pixels; for content that is more than a sentence. */
    width?: number;
    danger?: boolean;
    action: () => Promise<unknown> | void;
    /** Runs when the question is answered with "back". */
    onBack?: () => void;
  }) => void;
}

/** Short messages and questions, in the style of the application. */
export function useNotice(): Notice {
  const { message, modal } = App.useApp();
  const { t } = useTranslation();
  return useMemo(
    () => ({
      done: (text) => void message.success(text),
      failed: (error) => void message.error(error instanceof Error ? error.message : String(error), 6),
      ask: ({ title, text, width, danger, action, onBack }) => {
        // "Back" because "cancel" could mean the act that is asked about.
        modal.confirm({
          title,
          content: text,
          cancelText: t('back'),
          okButtonProps: { danger: danger ?? false },
          onOk: action,
          ...(width === undefined ? {} : { width }),
          ...(onBack === undefined ? {} : { onCancel: onBack }),
        });
      },
    }),
    [message, modal, t],
  );
}
