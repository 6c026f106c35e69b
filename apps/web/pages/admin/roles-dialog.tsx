import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Checkbox, Flex, Modal, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platformRole } from '#libs/contracts/identity/me.js';
import { personRow, type PersonRow } from '#libs/contracts/identity/people.js';
import { api } from '../../shell/api.js';
import { ME_KEY } from '../../shell/session.js';
import { useNotice } from '../../shell/use-notice.js';

export function RolesDialog({ person, onClose }: { person: PersonRow; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const [roles, setRoles] = useState<string[]>(person.roles);
  const save = useMutation({
    mutationFn: () => api.put(`/admin/people/${person.id}/roles`, personRow, { roles }),
    onSuccess: async () => {
      notice.done(t('shell:saved'));
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['people'] });
      await queryClient.invalidateQueries({ queryKey: ME_KEY });
    },
  });
  return (
    <Modal
      open
      title={t('people.rolesTitle', { name: person.name })}
      okText={t('shell:save')}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      {save.error !== null && (
        <Alert type="error" showIcon title={save.error.message} style={{ marginBottom: 16 }} />
      )}
      <Typography.Paragraph type="secondary">{t('people.rolesHint')}</Typography.Paragraph>
      <Checkbox.Group value={roles} onChange={(next) => setRoles(next.map(String))}>
        <Flex vertical gap={12}>
          {platformRole.options.map((role) => (
            <Checkbox key={role} value={role}>
              {t(`account:role.${role}`)}
              <br />
              <Typography.Text type="secondary" style={{ fontSize: 13 }}>
                {t(`roleHint.${role}`)}
              </Typography.Text>
            </Checkbox>
          ))}
        </Flex>
      </Checkbox.Group>
    </Modal>
  );
}
