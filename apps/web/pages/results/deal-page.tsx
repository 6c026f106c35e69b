import { useQuery } from '@tanstack/react-query';
import { Button, Card, Col, Descriptions, Flex, Row, Timeline, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { dealView, type DealAction, type DealView } from '#libs/contracts/results/deal.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { AmountsCard } from './amounts-card.js';
import { EvidenceCard } from './evidence-card.js';
import { StageTag } from './stage-tag.js';
import { StepDialog } from './step-dialog.js';

export default function DealPage() {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['deal', id], queryFn: () => api.get(`/deals/${id}`, dealView) });
  return <Loaded query={query}>{(deal) => <Deal deal={deal} />}</Loaded>;
}

function Deal({ deal }: { deal: DealView }) {
  const [action, setAction] = useState<DealAction | null>(null);
  return (
    <>
      <PageHead
        title={deal.title}
        hint={
          <Flex gap={8} align="center" component="span">
            {deal.dealNo} <StageTag stage={deal.stage} />
          </Flex>
        }
        actions={<Actions actions={deal.actions} choose={setAction} />}
      />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={15}>
          <Flex vertical gap={16}>
            <AmountsCard deal={deal} />
            <Facts deal={deal} />
            <EvidenceCard deal={deal} />
          </Flex>
        </Col>
        <Col xs={24} lg={9}>
          <Steps deal={deal} />
        </Col>
      </Row>
      <StepDialog deal={deal} action={action} close={() => setAction(null)} />
    </>
  );
}

const FORWARD: readonly DealAction[] = ['record_intent', 'negotiate', 'sign', 'record_payment', 'resume'];

function Actions({
  actions,
  choose,
}: {
  actions: readonly DealAction[];
  choose: (action: DealAction) => void;
}) {
  const { t } = useTranslation('results');
  return actions.map((action) => (
    <Button
      key={action}
      type={FORWARD.includes(action) ? 'primary' : 'default'}
      danger={action === 'terminate'}
      onClick={() => choose(action)}
      data-testid={`deal-${action}`}
    >
      {t(`action.${action}`)}
    </Button>
  ));
}

function Facts({ deal }: { deal: DealView }) {
  const { t } = useTranslation('results');
  const link = (path: string, text: string) => <Link to={path}>{text}</Link>;
  const items = [
    ['enterprise', link(`/organisations/${deal.enterprise.id}`, deal.enterprise.name)],
    ['institute', link(`/organisations/${deal.institute.id}`, deal.institute.name)],
    ['need', deal.need && link(`/needs/${deal.need.id}`, deal.need.title)],
    ['capability', deal.capability && link(`/capabilities/${deal.capability.id}`, deal.capability.title)],
    ['event', deal.event && link(`/events/${deal.event.id}`, deal.event.title)],
    ['openedBy', deal.createdBy],
    ['note', deal.note],
  ] as const;
  return (
    <Card
      size="small"
      title={t('deal.facts')}
      extra={deal.meetingId !== null && link(`/meetings/${deal.meetingId}`, t('deal.meeting'))}
    >
      <Descriptions
        column={1}
        size="small"
        items={items
          .filter(([, content]) => content !== null)
          .map(([key, content]) => ({ key, label: t(`field.${key}`), children: content }))}
      />
    </Card>
  );
}

function Steps({ deal }: { deal: DealView }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  return (
    <Card size="small" title={t('deal.steps')}>
      <Timeline
        style={{ marginTop: 12 }}
        items={[...deal.steps].reverse().map((step, index) => ({
          key: index,
          content: (
            <>
              <StageTag stage={step.to} />{' '}
              <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                {format.instant(step.at)} {step.by}
              </Typography.Text>
              {step.note !== null && <div className="prose">{step.note}</div>}
            </>
          ),
        }))}
      />
    </Card>
  );
}
