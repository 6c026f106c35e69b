import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  registrationDetail,
  type Answers,
  type RegistrationDetail,
} from '#libs/contracts/registrations/registration.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { QuestionFields, showProblems } from './question-fields.js';

interface Values {
  answers?: Answers;
}

/** Changes the answers of a registration. */
export function AnswersDrawer({
  registration,
  close,
}: {
  registration: RegistrationDetail;
  close: () => void;
}) {
  const { t } = useTranslation('registrations');
  const [form] = Form.useForm<Values>();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: ({ answers }: Values) =>
      api.patch(`/registrations/${registration.id}/answers`, registrationDetail, {
        answers: Object.fromEntries(Object.entries(answers ?? {}).filter(([, value]) => value !== undefined)),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['registration', registration.id] });
      notice.done(t('shell:saved'));
      close();
    },
    onError: (error) => {
      showProblems(form, error);
      notice.failed(error);
    },
  });
  return (
    <Drawer open title={t('detail.editAnswers')} size={520} onClose={close}>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ answers: registration.answers }}
        onFinish={(values) => save.mutate(values)}
      >
        <QuestionFields questions={registration.questions} />
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('shell:save')}
        </Button>
      </Form>
    </Drawer>
  );
}
