import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OrganizerEventView } from '#libs/contracts/events/event-editing.js';
import { nextEdition, programmePage } from '#libs/contracts/events/programmes.js';
import { api } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { useEventWords } from './event-words.js';
import { OrganisationPicker } from './organisation-picker.js';
import { ShanghaiPicker } from './shanghai-picker.js';
import { showProblems } from './show-problems.js';
import { changedValues, useEventEditing } from './use-event-editing.js';

/** Options of programmes that take new editions. */
export function useProgrammeOptions() {
  const words = useEventWords();
  const { data } = useQuery({
    queryKey: ['programmes', 'public'],
    queryFn: () => api.get('/programmes?pageSize=100&archived=false', programmePage),
  });
  return (data?.rows ?? []).map((row) => ({ value: row.id, label: words.programme(row) }));
}

export const suggestEdition = async (programmeId: string | undefined): Promise<number | null> =>
  programmeId === undefined
    ? null
    : (await api.get(`/organizer/programmes/${programmeId}/next-edition`, nextEdition)).editionNo;

export function BasicsForm({ event }: { event: OrganizerEventView }) {
  const { t } = useTranslation('events');
  const codes = useCodes();
  const words = useEventWords();
  const editing = useEventEditing(event);
  const programmes = useProgrammeOptions();
  const [form] = Form.useForm();
  const known =
    event.programme === null || programmes.some((option) => option.value === event.programmeId)
      ? programmes
      : [...programmes, { value: event.programme.id, label: words.programme(event.programme) }];
  const choose = async (id: string | undefined) =>
    form.setFieldValue('editionNo', await suggestEdition(id).catch(() => null));
  const save = (values: { moveAlong?: boolean }) => {
    const { moveAlong, ...settings } = values;
    const change = changedValues(event, settings);
    if (moveAlong && 'startsAt' in change) delete change['endsAt'];
    return editing.save({ ...change, moveAlong: moveAlong ?? false }, (error) =>
      showProblems(form, error, editing.word),
    );
  };
  return (
    <Form
      form={form}
      name="basics"
      layout="vertical"
      initialValues={event}
      onFinish={save}
      scrollToFirstError={{ block: 'center', focus: true }}
      className="form-grid"
    >
      <Form.Item className="wide" name="title" label={t('eventTitle')} rules={[{ required: true, max: 160 }]}>
        <Input data-testid="event-title" />
      </Form.Item>
      <Form.Item name="titleEn" label={t('titleEn')}>
        <Input />
      </Form.Item>
      <Form.Item name="kind" label={t('kind')} rules={[{ required: true }]}>
        <Select options={codes.options('event-kind')} />
      </Form.Item>
      <Form.Item name="programmeId" label={t('programme')}>
        <Select allowClear options={known} onChange={(id: string | undefined) => void choose(id)} />
      </Form.Item>
      <Form.Item name="editionNo" label={t('editionNo')}>
        <InputNumber min={1} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="startsAt" label={t('startsAt')} rules={[{ required: true }]}>
        <ShanghaiPicker testId="starts-at" />
      </Form.Item>
      <Form.Item name="endsAt" label={t('endsAt')} rules={[{ required: true }]}>
        <ShanghaiPicker testId="ends-at" />
      </Form.Item>
      <Form.Item className="wide" name="moveAlong" valuePropName="checked">
        <Checkbox>{t('moveAlong')}</Checkbox>
      </Form.Item>
      <Form.Item className="wide" name="hostId" label={t('host')}>
        <OrganisationPicker known={event.host} testId="event-host" />
      </Form.Item>
      <Form.Item className="wide" name="tags" label={t('tags')}>
        <Select mode="tags" maxCount={12} open={false} suffixIcon={null} placeholder={t('tagsHint')} />
      </Form.Item>
      <Form.Item className="wide" name="intro" label={t('intro')}>
        <Input.TextArea rows={6} maxLength={20000} />
      </Form.Item>
      <Form.Item className="wide">
        <Button type="primary" htmlType="submit" loading={editing.busy} data-testid="save-basics">
          {t('shell:save')}
        </Button>
      </Form.Item>
    </Form>
  );
}
