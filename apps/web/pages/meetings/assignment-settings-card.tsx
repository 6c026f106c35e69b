import { Button, Card, Flex, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AssignmentSettings } from '#libs/contracts/meetings/assignments.js';
import type { AssignmentActions } from './use-assignment.js';

interface Values extends Omit<AssignmentSettings, 'minScore'> {
  /** In percent. */
  minScore: number;
}

/** What is wanted of who meets whom, and the button that computes a proposal. */
export function AssignmentSettingsCard({
  settings,
  again,
  running,
  disabled,
  compute,
}: {
  readonly settings: AssignmentSettings;
  readonly again: boolean;
  readonly running: boolean;
  readonly disabled: boolean;
  readonly compute: AssignmentActions['compute'];
}) {
  const { t } = useTranslation('meetings');
  const shell = useTranslation().t;
  const required = [{ required: true, message: shell('required') }];
  const send = ({ minScore, maxMeetings, ...rest }: Values) =>
    compute.mutate({ ...rest, maxMeetings: maxMeetings ?? null, minScore: minScore / 100 });
  const points = (name: 'scoreWeight' | 'oneSidedWeight' | 'mutualWeight') => (
    <Form.Item name={name} label={t(`assign.${name}`)} rules={required}>
      <InputNumber min={0} max={10_000} step={100} precision={0} style={{ width: 120 }} />
    </Form.Item>
  );
  return (
    <Card size="small" title={t('assign.settings')}>
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        disabled={disabled}
        initialValues={{ ...settings, minScore: Math.round(settings.minScore * 100) }}
        onFinish={send}
      >
        <Flex wrap gap="0 24px">
          <Form.Item name="maxMeetings" label={t('assign.maxMeetings')} tooltip={t('assign.maxHint')}>
            <InputNumber
              min={1}
              max={99}
              precision={0}
              placeholder={t('assign.noLimit')}
              style={{ width: 150 }}
              data-testid="max-meetings"
            />
          </Form.Item>
          <Form.Item name="floor" label={t('assign.floor')} tooltip={t('assign.floorHint')} rules={required}>
            <InputNumber min={0} max={20} precision={0} style={{ width: 120 }} data-testid="floor" />
          </Form.Item>
          <Form.Item
            name="minScore"
            label={t('assign.minScore')}
            tooltip={t('assign.minScoreHint')}
            rules={required}
          >
            <InputNumber min={0} max={100} precision={0} style={{ width: 120 }} />
          </Form.Item>
          {points('scoreWeight')}
          {points('oneSidedWeight')}
          {points('mutualWeight')}
        </Flex>
        <Button
          type={again ? 'default' : 'primary'}
          htmlType="submit"
          loading={running || compute.isPending}
          data-testid="compute-assignment"
        >
          {t(again ? 'assign.recompute' : 'assign.compute')}
        </Button>
      </Form>
    </Card>
  );
}
