import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Grid, Select, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api, ApiError } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useLeaveGuard } from '../../shell/use-leave-guard.js';
import { useNotice } from '../../shell/use-notice.js';
import { fieldKey, keyOfProblem } from './field-value.js';
import { FormField } from './form-field.js';
import type { MarketKind, MarketView } from './market-kind.js';
import { kindOfRecord } from './market-kinds.js';
import { ReturnedQuestions } from './review-history.js';
import { useRecordForm } from './use-record-form.js';

export function RecordEditPage({ of }: { of: MarketKind }) {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: [of.kind, id, 'edit'],
    queryFn: () => api.get(`${of.path}/${id}`, of.view),
    // The form holds what is typed: a fresh answer must not replace it under the writer's hands.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Loaded query={query}>
      {(record) => <RecordForm key={id} of={kindOfRecord(of, record)} record={record} />}
    </Loaded>
  );
}

/** The form in steps. Drafts save themselves; what is published is saved by a button, because it is seen at once. */
function RecordForm({ of, record }: { of: MarketKind; record: MarketView }) {
  const { t } = useTranslation('needs');
  const navigate = useNavigate();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const published = record.status === 'published' || record.status === 'engaged';
  const form = useRecordForm(of, record, !published);
  useLeaveGuard(form.unsaved, published ? undefined : form.save);
  const [step, setStep] = useState(0);
  // Stays while another step is shown.
  const [indicatorText, setIndicatorText] = useState('');
  const [refused, setRefused] = useState<ApiError | null>(null);
  const current = of.steps[step]!;
  const missing = form.saved.missing ?? [];
  const problems = new Map([
    ...(form.error?.problem.problems ?? []).map(
      ({ field, message }) => [keyOfProblem(field), message] as const,
    ),
    ...(refused?.problem.problems ?? []).map(({ field, message }) => [keyOfProblem(field), message] as const),
  ]);
  const leave = async () => {
    await queryClient.invalidateQueries({ queryKey: [of.kind] });
    await navigate(`${of.path}/${record.id}`);
  };
  const submit = useMutation({
    mutationFn: async () => {
      if (!(await form.save())) return;
      await api.post(`${of.path}/${record.id}/submit`, of.view);
      notice.done(t('submitted'));
      await leave();
    },
    onError: (error) => {
      notice.failed(error);
      if (!(error instanceof ApiError)) return;
      setRefused(error);
      const first = of.steps.findIndex(({ fields }) =>
        fields.some((spec) =>
          error.problem.problems?.some(({ field }) => keyOfProblem(field) === fieldKey(spec)),
        ),
      );
      if (first >= 0) setStep(first);
    },
  });
  const submitAll = () =>
    indicatorText.trim() === ''
      ? submit.mutate()
      : notice.ask({
          title: t('indicator.leftAsk'),
          text: t('indicator.leftText'),
          action: () => submit.mutate(),
          onBack: () => setStep(of.steps.findIndex(({ key }) => key === 'indicators')),
        });
  const saveNow = useMutation({
    mutationFn: async () => {
      if (!(await form.save())) return;
      notice.done(t('shell:saved'));
      await leave();
    },
  });
  const canSubmit = record.actions.includes('submit');
  return (
    <>
      <PageHead
        title={record.title === '' ? t(`${of.recordKind}.new`) : record.title}
        hint={<SaveState form={form} autosave={!published} />}
        actions={
          <Link to={`${of.path}/${record.id}`}>
            <Button>{t('preview')}</Button>
          </Link>
        }
      />
      {record.status === 'returned' && <ReturnedQuestions reviews={record.reviews} />}
      <FormAlerts form={form} published={published} />
      <Card>
        <StepChoice of={of} step={step} problems={problems} onChange={setStep} />
        <Form layout="vertical" component="div">
          {current.fields.map((field) => (
            <FormField
              key={field.name}
              of={of}
              field={field}
              values={form.values}
              missing={missing.includes(fieldKey(field))}
              problem={problems.get(fieldKey(field))}
              indicatorText={indicatorText}
              onIndicatorText={setIndicatorText}
              onChange={(part) => {
                setRefused(null);
                form.change(part);
              }}
            />
          ))}
        </Form>
        <Flex gap={8} wrap justify="space-between">
          <Flex gap={8}>
            <Button disabled={step === 0} onClick={() => setStep(step - 1)}>
              {t('previousStep')}
            </Button>
            <Button
              disabled={step === of.steps.length - 1}
              onClick={() => setStep(step + 1)}
              data-testid="market-next"
            >
              {t('nextStep')}
            </Button>
          </Flex>
          {published && (
            <Button
              type="primary"
              disabled={!form.dirty}
              loading={saveNow.isPending}
              onClick={() => saveNow.mutate()}
              data-testid="market-save"
            >
              {t('saveChanges')}
            </Button>
          )}
          {canSubmit && (
            <Button type="primary" loading={submit.isPending} onClick={submitAll} data-testid="market-submit">
              {t('submit')}
            </Button>
          )}
        </Flex>
      </Card>
    </>
  );
}

interface StepChoiceProps {
  readonly of: MarketKind;
  readonly step: number;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (step: number) => void;
}

/** The steps in a row; on a phone a list to choose from, because five steps would fill its screen. */
function StepChoice({ of, step, problems, onChange }: StepChoiceProps) {
  const { t } = useTranslation('needs');
  const wide = Grid.useBreakpoint().md ?? true;
  const wrong = of.steps.map(({ fields }) => fields.some((field) => problems.has(fieldKey(field))));
  if (!wide) {
    return (
      <Select
        value={step}
        onChange={onChange}
        {...(wrong.includes(true) ? { status: 'error' as const } : {})}
        options={of.steps.map(({ key }, at) => ({
          value: at,
          label: `${at + 1}/${of.steps.length} ${t(`step.${key}`)}`,
        }))}
        style={{ width: '100%', marginBottom: 20 }}
        data-testid="market-step"
      />
    );
  }
  return (
    <Steps
      size="small"
      current={step}
      onChange={onChange}
      style={{ marginBottom: 20 }}
      items={of.steps.map(({ key }, at) => ({
        title: t(`step.${key}`),
        ...(wrong[at] === true ? { status: 'error' as const } : {}),
      }))}
    />
  );
}

type FormState = ReturnType<typeof useRecordForm>;

function SaveState({ form, autosave }: { form: FormState; autosave: boolean }) {
  const { t } = useTranslation('needs');
  const format = useFormat();
  const text = form.saving
    ? t('saving')
    : form.error !== null || (form.dirty && !autosave)
      ? t('notSaved')
      : form.savedAt === null
        ? t(autosave ? 'autosaves' : 'publishedEdit')
        : t('savedAt', { time: format.time(form.savedAt) });
  return (
    <span data-testid="save-state" aria-live="polite">
      {text}
    </span>
  );
}

function FormAlerts({ form, published }: { form: FormState; published: boolean }) {
  const { t } = useTranslation('needs');
  const gap = { marginBottom: 12 };
  if (form.error !== null) {
    const changed = form.error.problem.code === 'record.changed';
    return (
      <Alert
        type="error"
        showIcon
        title={form.error.message}
        style={gap}
        action={
          changed && (
            <Button size="small" onClick={() => location.reload()}>
              {t('shell:refresh')}
            </Button>
          )
        }
      />
    );
  }
  return (
    <Alert type="info" showIcon title={t(published ? 'publishedEditHint' : 'secrecyHint')} style={gap} />
  );
}
