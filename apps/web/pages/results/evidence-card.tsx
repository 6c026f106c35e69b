import { DeleteOutlined, FileOutlined, UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Progress, Typography, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done } from '#libs/contracts/primitives.js';
import { dealView, type DealView, type EvidenceView } from '#libs/contracts/results/deal.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { EmptyState } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { uploadFile } from './upload-file.js';

/** Files that prove a deal: added with progress, saved, removed. */
export function EvidenceCard({ deal }: { deal: DealView }) {
  const { t, i18n } = useTranslation('results');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const [percent, setPercent] = useState<number | null>(null);
  const send = async (file: File) => {
    setPercent(0);
    try {
      const next = await uploadFile({
        path: `/deals/${deal.id}/evidence`,
        file,
        schema: dealView,
        locale: i18n.language,
        onProgress: setPercent,
      });
      queryClient.setQueryData(['deal', deal.id], next);
      notice.done(t('evidence.added'));
    } catch (error) {
      notice.failed(error);
    } finally {
      setPercent(null);
    }
  };
  return (
    <Card
      size="small"
      title={t('evidence.title')}
      extra={
        <Upload
          accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx"
          showUploadList={false}
          disabled={percent !== null}
          beforeUpload={(file) => {
            void send(file);
            return false;
          }}
        >
          <Button
            size="small"
            icon={<UploadOutlined />}
            loading={percent !== null}
            data-testid="add-evidence"
          >
            {t('evidence.add')}
          </Button>
        </Upload>
      }
    >
      <Typography.Paragraph type="secondary" style={{ fontSize: 13 }}>
        {t('evidence.hint', { limit: Math.floor(deal.uploadMaxBytes / 1024 / 1024) })}
      </Typography.Paragraph>
      {percent !== null && <Progress percent={percent} size="small" />}
      {deal.evidence.length === 0 ? (
        <EmptyState text={t('evidence.empty')} />
      ) : (
        deal.evidence.map((file) => <EvidenceLine key={file.id} dealId={deal.id} file={file} />)
      )}
    </Card>
  );
}

function EvidenceLine({ dealId, file }: { dealId: string; file: EvidenceView }) {
  const { t } = useTranslation('results');
  const notice = useNotice();
  const format = useFormat();
  const queryClient = useQueryClient();
  const path = `/deals/${dealId}/evidence/${file.id}`;
  const remove = () =>
    notice.ask({
      title: t('evidence.remove', { name: file.fileName }),
      text: t('evidence.removeHint'),
      danger: true,
      action: async () => {
        try {
          await api.delete(path, done);
          notice.done(t('evidence.removed'));
        } catch (error) {
          notice.failed(error);
        }
        await queryClient.invalidateQueries({ queryKey: ['deal', dealId] });
      },
    });
  return (
    <Flex
      justify="space-between"
      align="center"
      gap={8}
      style={{ padding: '6px 0' }}
      data-testid="evidence-file"
    >
      <div style={{ minWidth: 0 }}>
        <a href={`/api${path}`} download={file.fileName} style={{ overflowWrap: 'anywhere' }}>
          <FileOutlined /> {file.fileName}
        </a>
        <div style={{ color: '#6b7685', fontSize: 12 }}>
          {[sizeText(file.bytes), file.uploadedBy, format.instant(file.createdAt)]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
      <Button
        type="text"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('shell:remove')}
        onClick={remove}
        data-testid="remove-evidence"
      />
    </Flex>
  );
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
