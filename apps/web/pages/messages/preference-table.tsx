import { Select, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PreferencesView } from '#libs/contracts/notifications/preferences.js';

type Choices = PreferencesView['choices'];
type TableRow = PreferencesView['table'][number];
type Cell = TableRow['cells'][number];

interface Props {
  readonly draft: PreferencesView;
  readonly change: (choices: Choices) => void;
}

/** Topics by channels; channels that the installation does not have are left out. */
export function PreferenceTable({ draft, change }: Props) {
  const { t } = useTranslation('messages');
  const missing = [...(draft.channels.sms ? [] : ['sms']), ...(draft.channels.wecomApp ? [] : ['wecom-app'])];
  const channels = draft.table[0]!.cells.map((cell) => cell.channel).filter(
    (channel) => !missing.includes(channel),
  );
  const chosen = (row: TableRow, cell: Cell) => draft.choices[row.group]?.[cell.channel] ?? cell.allowed[0]!;
  const choose = (row: TableRow, cell: Cell, choice: Cell['chosen']) =>
    change({ ...draft.choices, [row.group]: { ...draft.choices[row.group], [cell.channel]: choice } });
  const cellOf = (row: TableRow, channel: Cell['channel']) => {
    const cell = row.cells.find((one) => one.channel === channel)!;
    if (cell.allowed.length === 1)
      return <Typography.Text type="secondary">{t(`choice.${cell.allowed[0]!}`)}</Typography.Text>;
    return (
      <Select
        size="small"
        aria-label={`${t(`group.${row.group}`)} ${t(`channel.${channel}`)}`}
        value={chosen(row, cell)}
        onChange={(choice) => choose(row, cell, choice)}
        options={cell.allowed.map((choice) => ({ value: choice, label: t(`choice.${choice}`) }))}
        style={{ width: '100%', minWidth: 92, maxWidth: 120 }}
        data-testid={`choice-${row.group}-${channel}`}
      />
    );
  };
  return (
    <Table
      rowKey="group"
      size="small"
      pagination={false}
      dataSource={draft.table}
      scroll={{ x: true }}
      style={{ marginBottom: 12 }}
      columns={[
        {
          title: '',
          key: 'group',
          render: (_: unknown, row: TableRow) => t(`group.${row.group}`),
        },
        ...channels.map((channel) => ({
          title: t(`channel.${channel}`),
          key: channel,
          render: (_: unknown, row: TableRow) => cellOf(row, channel),
        })),
      ]}
    />
  );
}
