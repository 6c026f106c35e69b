import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PLACE_TOPICS } from '#libs/contracts/notifications/places.js';

interface Props {
  readonly value?: string[];
  readonly onChange?: (topics: string[]) => void;
  /** Only those about events. */
  readonly events?: boolean;
}

/** Topics that robots and webhooks may tell of; a field of a form. */
export function TopicSelect({ value, onChange, events = false }: Props) {
  const { t } = useTranslation('notifications');
  const topics = events ? PLACE_TOPICS.filter((topic) => topic.startsWith('invitation-')) : PLACE_TOPICS;
  return (
    <Select
      mode="multiple"
      allowClear
      {...(value === undefined ? {} : { value })}
      {...(onChange === undefined ? {} : { onChange })}
      options={topics.map((topic) => ({ value: topic, label: t(`topic.${topic}`) }))}
      data-testid="topics"
    />
  );
}
