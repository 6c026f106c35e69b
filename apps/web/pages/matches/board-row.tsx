import { PushpinOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardRow } from '#libs/contracts/matching/match-board.js';
import { useCodes } from '../../shell/codes.js';
import { useFormat } from '../../shell/format.js';
import { ScoreBand } from './score-band.js';
import { UNSCORED_MODEL } from './use-override.js';
import './matches.css';

const ANSWER_COLOUR = { none: 'default', interested: 'blue', declined: 'red', later: 'gold' } as const;

interface Props {
  row: BoardRow;
  decide: (action: 'pin' | 'hide' | 'clear') => void;
  ask: () => void;
}

/** A pair as organizers see it: both records, what was said, what was decided, and what can be. */
export function BoardRowCard({ row, decide, ask }: Props) {
  const { t } = useTranslation('matches');
  return (
    <Card size="small" data-testid="board-row">
      <Flex gap={8} justify="space-between" wrap style={{ marginBottom: 8 }}>
        <div className="tags">
          <StateTags row={row} />
        </div>
        <Typography.Text type="secondary">
          {t('board.rank', { rank: row.rank })} ·{' '}
          {row.modelVersion === UNSCORED_MODEL ? t('board.byHand') : row.modelVersion}
        </Typography.Text>
      </Flex>
      <div className="board-pair">
        <End side="need" row={row} />
        <End side="capability" row={row} />
      </div>
      <Decision row={row} />
      <Flex gap={8} wrap style={{ marginTop: 8 }}>
        {row.override?.kind !== 'pinned' && (
          <Button
            size="small"
            icon={<PushpinOutlined />}
            disabled={row.exclusion !== null}
            onClick={() => decide('pin')}
            data-testid="pin"
          >
            {t('board.pin')}
          </Button>
        )}
        {row.override?.kind !== 'hidden' && row.mutualAt === null && (
          <Button size="small" danger onClick={() => decide('hide')} data-testid="hide">
            {t('board.hide')}
          </Button>
        )}
        {row.override !== null && (
          <Button size="small" onClick={() => decide('clear')} data-testid="clear-override">
            {t('board.clear')}
          </Button>
        )}
        <Button size="small" type="link" onClick={ask}>
          {t('board.why')}
        </Button>
        <Link to={`/matches/need/${row.need.id}?filter=all`} style={{ alignSelf: 'center' }}>
          {t('board.list')}
        </Link>
      </Flex>
    </Card>
  );
}

function StateTags({ row }: { row: BoardRow }) {
  const { t } = useTranslation('matches');
  return (
    <>
      <ScoreBand score={row.score} scored={row.modelVersion !== UNSCORED_MODEL} />
      <Tag>{t(`offer.${row.offerKind}`)}</Tag>
      {row.override !== null && (
        <Tag color={row.override.kind === 'pinned' ? 'gold' : 'red'}>{t(`board.${row.override.kind}`)}</Tag>
      )}
      {row.mutualAt !== null && <Tag color="success">{t('mutual')}</Tag>}
      {row.met && <Tag color="cyan">{t('board.met')}</Tag>}
      {row.deal !== null && (
        <Tag color="purple">
          <Link to={`/deals/${row.deal.id}`}>
            {row.deal.dealNo} {t(`results:stage.${row.deal.stage}`)}
          </Link>
        </Tag>
      )}
      {!row.current && <Tag>{t('board.stale')}</Tag>}
      {row.exclusion !== null && <Tag color="volcano">{t('board.excluded')}</Tag>}
    </>
  );
}

function End({ side, row }: { side: 'need' | 'capability'; row: BoardRow }) {
  const { t } = useTranslation('matches');
  const codes = useCodes();
  const end = row[side];
  return (
    <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
      <Link to={`/${side === 'need' ? 'needs' : 'capabilities'}/${end.id}`}>{end.title}</Link>
      <div style={{ color: '#6b7685' }}>{[end.number, end.organisation].filter(Boolean).join(' · ')}</div>
      <Tag color={ANSWER_COLOUR[end.answer]}>{t(`answer.${end.answer}`)}</Tag>
      {end.answerReason !== null && (
        <Typography.Text type="secondary">{codes.label('decline-reason', end.answerReason)}</Typography.Text>
      )}
    </div>
  );
}

function Decision({ row: { override, exclusion } }: { row: BoardRow }) {
  const { t, i18n } = useTranslation('matches');
  const format = useFormat();
  return (
    <>
      {exclusion !== null && (
        <div style={{ color: '#ad4e00' }}>
          {t('board.excludedBy', { rule: i18n.language === 'en' ? exclusion.en : exclusion.zh })}
        </div>
      )}
      {override !== null && (
        <div style={{ color: '#6b7685' }}>
          {t(`board.by.${override.kind}`, {
            by: override.by ?? t('board.somebody'),
            at: format.day(override.at),
          })}
          {override.note !== null && `${t('shell:colon')}${override.note}`}
        </div>
      )}
    </>
  );
}
