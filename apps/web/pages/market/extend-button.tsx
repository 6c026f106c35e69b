import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { needView } from '#libs/contracts/market/need.js';
import { api } from '../../shell/api.js';
import { ZONE } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';

const DAY = 'YYYY-MM-DD';
const MONTHS_MORE = 6;

/** Brings a need whose last day is over back onto the market. */
export function ExtendButton({ needId }: { readonly needId: string }) {
  const { t } = useTranslation('needs');
  const notice = useNotice();
  const queryClient = useQueryClient();
  // What counts is the day in Shanghai, not the browser's.
  const [today] = useState(() => dayjs(dayjs().tz(ZONE).format(DAY)));
  const [open, setOpen] = useState(false);
  const [until, setUntil] = useState<Dayjs>(today.add(MONTHS_MORE, 'month'));
  const extend = useMutation({
    mutationFn: () => api.post(`/needs/${needId}/extend`, needView, { expiresAt: until.format(DAY) }),
    onSuccess: async () => {
      setOpen(false);
      notice.done(t('extend.done'));
      await queryClient.invalidateQueries({ queryKey: ['need'] });
    },
    onError: notice.failed,
  });
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)} data-testid="market-extend">
        {t('extend.action')}
      </Button>
      <Modal
        open={open}
        title={t('extend.title')}
        okText={t('extend.action')}
        confirmLoading={extend.isPending}
        onOk={() => extend.mutate()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p>{t('extend.text')}</p>
        <DatePicker
          value={until}
          allowClear={false}
          minDate={today}
          onChange={(day) => setUntil(day ?? until)}
          data-testid="market-extend-day"
        />
      </Modal>
    </>
  );
}
