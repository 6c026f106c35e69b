import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import {
  contactView,
  organisationView,
  type ContactView,
  type OrganisationView,
} from '#libs/contracts/organisations/organisation.js';
import { api } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { isOrganizer, useSession } from '../../shell/session.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { useFormSubmit } from '../account/use-form-submit.js';
import {
  organisationBody,
  OrganisationForm,
  ORGANISATION_FIELD_OF,
  type OrganisationValues,
} from './organisation-form.js';

export default function EditOrganisationPage() {
  const { id = '' } = useParams();
  const path = `/organisations/${encodeURIComponent(id)}`;
  const query = useQuery({
    queryKey: ['organisation-edit', id],
    queryFn: async () => ({
      contact: await api.get(`${path}/contact`, contactView),
      organisation: await api.get(path, organisationView),
    }),
    staleTime: Infinity,
    gcTime: 0,
  });
  return <Loaded query={query}>{(data) => <EditForm {...data} />}</Loaded>;
}

function EditForm({ organisation, contact }: { organisation: OrganisationView; contact: ContactView }) {
  const { t } = useTranslation('organisations');
  const { person } = useSession();
  const [form] = Form.useForm<OrganisationValues>();
  const navigate = useNavigate();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const page = `/organisations/${organisation.id}`;
  const { busy, error, submit } = useFormSubmit<OrganisationValues>(
    form,
    async (values) => {
      const body = { ...organisationBody(values), basedOn: organisation.updatedAt };
      await api.patch(page, organisationView, body);
      notice.done(t('shell:saved'));
      await queryClient.invalidateQueries({
        predicate: (query) => query.queryKey[0] !== 'organisation-edit',
      });
      void navigate(page, { replace: true });
    },
    ORGANISATION_FIELD_OF,
  );
  const hint = organisation.status === 'verified' && !isOrganizer(person) ? t('form.reverify') : undefined;
  return (
    <>
      <PageHead title={t('form.editTitle')} hint={hint ?? organisation.name} />
      <OrganisationForm
        form={form}
        initial={{ ...organisation, contact }}
        busy={busy}
        error={error}
        submitText={t('shell:save')}
        askTitle={false}
        cancel={
          <Link to={page}>
            <Button>{t('shell:cancel')}</Button>
          </Link>
        }
        onSubmit={(values) => void submit(values)}
      />
    </>
  );
}
