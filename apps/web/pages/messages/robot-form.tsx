import { useMutation } from '@tanstack/react-query';
import { Form, Input, Modal, Segmented, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  placesView,
  robotKind,
  type PlacesView,
  type RobotBody,
  type RobotView,
} from '#libs/contracts/notifications/places.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { TopicSelect } from './topic-select.js';

interface Props {
  readonly path: string;
  /** null = a new one. */
  readonly robot: RobotView | null;
  readonly close: () => void;
  readonly saved: (view: PlacesView) => void;
}

const START = { kind: 'wecom-robot', name: '', topics: [], locale: 'zh-CN', enabled: true } as const;

export function RobotForm({ path, robot, close, saved }: Props) {
  const { t } = useTranslation('messages');
  const notice = useNotice();
  const [form] = Form.useForm<RobotBody>();
  const kind = Form.useWatch('kind', form) ?? robot?.kind ?? START.kind;
  const save = useMutation({
    mutationFn: (values: RobotBody) => {
      const { address, secret, ...rest } = values;
      const body = { ...rest, ...(address ? { address } : {}), ...(secret ? { secret } : {}) };
      return robot === null
        ? api.post(path, placesView, body)
        : api.put(`${path}/${robot.id}`, placesView, body);
    },
    onSuccess: (view) => {
      notice.done(t('places.saved'));
      saved(view);
    },
    onError: notice.failed,
  });
  const { name, topics, locale, enabled } = robot ?? START;
  const keep = robot !== null;
  return (
    <Modal
      open
      title={t(keep ? 'places.edit' : 'places.addRobot')}
      okText={t('places.save')}
      cancelText={t('shell:back')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: robot?.kind ?? START.kind, name, topics: [...topics], locale, enabled }}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item name="kind" label={t('places.kind')}>
          <Select options={robotKind.options.map((value) => ({ value, label: t(`channel.${value}`) }))} />
        </Form.Item>
        <Form.Item name="name" label={t('places.name')} rules={[{ required: true, max: 60 }]}>
          <Input data-testid="robot-name" />
        </Form.Item>
        <Form.Item
          name="address"
          label={t('places.address')}
          extra={keep ? t('places.addressKeep', { ending: robot.ending }) : t('places.addressHint')}
          rules={[{ required: !keep, min: 8 }]}
        >
          <Input autoComplete="off" data-testid="robot-address" />
        </Form.Item>
        {kind !== 'wecom-robot' && (
          <Form.Item
            name="secret"
            label={t('places.secret')}
            extra={t(keep && robot.signed ? 'places.secretKeep' : 'places.secretHint')}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        )}
        <Form.Item name="topics" label={t('places.topics')} rules={[{ required: true }]}>
          <TopicSelect events={path.startsWith('/organizer')} />
        </Form.Item>
        <Form.Item name="locale" label={t('places.language')}>
          <Segmented
            options={[
              { value: 'zh-CN', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Form.Item>
        <Form.Item name="enabled" label={t('places.enabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}
