import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Col, Flex, Input, Row, Segmented, Select, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import {
  mailPreview,
  mailTemplatesView,
  type MailTemplatesView,
} from '#libs/contracts/notifications/mail-templates.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { MailPreviewCard } from './mail-preview-card.js';

type Locale = 'zh-CN' | 'en';

/** /organizer/programmes/:id/mail-templates: a programme's own words in the mails about its events. */
export default function TemplatesPage() {
  const { t } = useTranslation('messages');
  const { id = '' } = useParams();
  const path = `/organizer/programmes/${encodeURIComponent(id)}/mail-templates`;
  const query = useQuery({
    queryKey: ['mail-templates', id],
    queryFn: () => api.get(path, mailTemplatesView),
  });
  const programme = query.data?.programme.title ?? '';
  return (
    <>
      <PageHead title={t('templates.title')} hint={programme && t('templates.hint', { programme })} />
      <Loaded query={query}>{(view) => <Templates view={view} path={path} />}</Loaded>
    </>
  );
}

function Templates({ view, path }: { view: MailTemplatesView; path: string }) {
  const { t } = useTranslation('messages');
  const [topic, setTopic] = useState(view.topics[0]!);
  const [locale, setLocale] = useState<Locale>('zh-CN');
  const own = (one: string) => view.templates.some((row) => row.topic === one && row.locale === locale);
  const label = (one: string) =>
    `${t(`notifications:topic.${one}`)} · ${t(own(one) ? 'templates.own' : 'templates.default')}`;
  return (
    <>
      <Flex gap={12} wrap style={{ marginBottom: 16 }}>
        <Select
          value={topic}
          onChange={setTopic}
          aria-label={t('templates.topic')}
          options={view.topics.map((one) => ({ value: one, label: label(one) }))}
          style={{ minWidth: 260 }}
          data-testid="template-topic"
        />
        <Segmented
          value={locale}
          onChange={setLocale}
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Flex>
      <Editor
        key={`${topic} ${locale}`}
        view={view}
        path={`${path}/${topic}/${locale}`}
        topic={topic}
        locale={locale}
      />
    </>
  );
}

interface EditorProps {
  readonly view: MailTemplatesView;
  readonly path: string;
  readonly topic: string;
  readonly locale: Locale;
}

function Editor({ view, path, topic, locale }: EditorProps) {
  const { t } = useTranslation('messages');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const saved = view.templates.find((row) => row.topic === topic && row.locale === locale);
  const [subject, setSubject] = useState(saved?.subject ?? '');
  const [body, setBody] = useState(saved?.body ?? '');
  const words = { subject, body };
  const filled = subject.trim() !== '';
  const preview = useQuery({
    queryKey: ['mail-preview', path, filled ? words : null],
    queryFn: () =>
      filled ? api.post(`${path}/preview`, mailPreview, words) : api.get(`${path}/default`, mailPreview),
    placeholderData: (previous) => previous,
    retry: false,
  });
  const act = useMutation({
    mutationFn: (action: 'save' | 'restore' | 'test') => {
      if (action === 'save') return api.put(path, done, words);
      return action === 'restore' ? api.delete(path, done) : api.post(`${path}/test`, done);
    },
    onSuccess: (_answer, action) => {
      notice.done(
        t(`templates.${action === 'save' ? 'saved' : action === 'restore' ? 'restored' : 'tested'}`),
      );
      if (action === 'restore') {
        setSubject('');
        setBody('');
      }
      return queryClient.invalidateQueries({ queryKey: ['mail-templates'] });
    },
    onError: notice.failed,
  });
  const changed = subject !== (saved?.subject ?? '') || body !== (saved?.body ?? '');
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} lg={11}>
        <Card>
          <Flex vertical gap={12}>
            <label style={{ display: 'grid', gap: 4 }}>
              <span>{t('templates.subject')}</span>
              <Input
                value={subject}
                maxLength={200}
                placeholder={preview.data?.subject ?? ''}
                onChange={(event) => setSubject(event.target.value)}
                data-testid="template-subject"
              />
            </label>
            <label style={{ display: 'grid', gap: 4 }}>
              <span>{t('templates.body')}</span>
              <Input.TextArea
                value={body}
                maxLength={4000}
                autoSize={{ minRows: 6, maxRows: 18 }}
                onChange={(event) => setBody(event.target.value)}
                data-testid="template-body"
              />
              <Typography.Text type="secondary">{t('templates.bodyHint')}</Typography.Text>
            </label>
            <div>
              <div style={{ marginBottom: 4 }}>{t('templates.variables')}</div>
              <Flex gap={6} wrap>
                {view.variables.map((name) => (
                  <Tag
                    key={name}
                    style={{ cursor: 'pointer' }}
                    onClick={() => setBody((now) => `${now}{{${name}}}`)}
                  >
                    {`{{${name}}}`} {t(`variable.${name}`)}
                  </Tag>
                ))}
              </Flex>
            </div>
            <Flex gap={8} wrap>
              <Button
                type="primary"
                disabled={!filled || !changed}
                loading={act.isPending}
                onClick={() => act.mutate('save')}
                data-testid="save-template"
              >
                {t('templates.save')}
              </Button>
              <Button
                disabled={changed}
                title={changed ? t('templates.testSaveFirst') : ''}
                onClick={() => act.mutate('test')}
              >
                {t('templates.test')}
              </Button>
              {saved !== undefined && (
                <Button onClick={() => act.mutate('restore')}>{t('templates.restore')}</Button>
              )}
            </Flex>
          </Flex>
        </Card>
      </Col>
      <Col xs={24} lg={13}>
        <MailPreviewCard query={preview} />
      </Col>
    </Row>
  );
}
