import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

const COLOURS = { pending: 'gold', verified: 'green', rejected: 'red' } as const;

export function StatusTag({ status }: { status: keyof typeof COLOURS }) {
  const { t } = useTranslation('organisations');
  return <Tag color={COLOURS[status]}>{t(`status.${status}`)}</Tag>;
}
