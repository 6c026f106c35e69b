import { useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { organisationView } from '#libs/contracts/organisations/organisation.js';
import { api, ApiError } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { useSession } from '../../shell/session.js';
import { LoadError, PageSpinner } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { useFormSubmit } from '../account/use-form-submit.js';
import {
  organisationBody,
  OrganisationForm,
  ORGANISATION_FIELD_OF,
  type OrganisationValues,
} from './organisation-form.js';

const SIGN_IN = new ApiError({
  type: 'about:blank',
  title: '',
  status: 401,
  detail: '',
  code: 'auth.sign-in',
});

export default function NewOrganisationPage() {
  const { t } = useTranslation('organisations');
  const { person, ready } = useSession();
  const [form] = Form.useForm<OrganisationValues>();
  const navigate = useNavigate();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const { busy, error, submit } = useFormSubmit<OrganisationValues>(
    form,
    async (values) => {
      const body = { ...organisationBody(values), title: values.title?.trim() || null };
      const { id } = await api.post('/organisations', organisationView, body);
      notice.done(t('form.created'));
      await queryClient.invalidateQueries();
      void navigate(`/organisations/${id}`, { replace: true });
    },
    ORGANISATION_FIELD_OF,
  );
  if (!ready) return <PageSpinner />;
  if (person === null) return <LoadError error={SIGN_IN} />;
  return (
    <>
      <PageHead title={t('form.newTitle')} hint={t('form.newHint')} />
      <OrganisationForm
        form={form}
        initial={{ kind: 'enterprise' }}
        busy={busy}
        error={error}
        submitText={t('form.submit')}
        askTitle
        cancel={
          <Link to="/organisations">
            <Button>{t('shell:cancel')}</Button>
          </Link>
        }
        onSubmit={(values) => void submit(values)}
      />
    </>
  );
}
