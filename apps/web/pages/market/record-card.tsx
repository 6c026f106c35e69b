import { LockOutlined } from '@ant-design/icons';
import { Card, Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FACT_LISTS } from '#libs/contracts/market/record-facts.js';
import { useCodes } from '../../shell/codes.js';
import { useFormat } from '../../shell/format.js';
import type { MarketCard, MarketKind } from './market-kind.js';
import { StatusTag, useMarketWords } from './market-words.js';

/** Codes shown beside the name: for which class, by which kind of financing, with which title. */
const CARD_FACTS = ['titleLevel', 'grades', 'venues', 'financingKinds'];
const GREY = '#6b7685';

/** One record of a list. */
export function RecordCard({ of, card, mine }: { of: MarketKind; card: MarketCard; mine: boolean }) {
  const { t } = useTranslation('needs');
  const codes = useCodes();
  const format = useFormat();
  const words = useMarketWords(of);
  const maturity = words.maturity(card);
  const facts = [
    card[of.number],
    card.organisationName ?? (card.sealed.includes('organisationName') ? t('organisationSealed') : null),
    card.regionCode === null ? null : codes.label('region', card.regionCode),
    card.fields.map((field) => codes.label('technology-field', field)).join(t('shell:comma')),
    maturity,
    card.publishedAt === null ? null : t('publishedOn', { day: format.day(card.publishedAt) }),
  ].filter((fact): fact is string => typeof fact === 'string' && fact !== '');
  const kind = card[of.kindField];
  const factCodes = CARD_FACTS.flatMap((name) => {
    const value = ((card['facts'] as Readonly<Record<string, unknown>> | null) ?? {})[name];
    const stated = Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : [];
    return stated.map((code) => [FACT_LISTS[name]!, code] as const);
  });
  return (
    <Card size="small" data-testid="market-card">
      <Flex gap={8} wrap align="center">
        <Link
          to={`${of.path}/${card.id}`}
          style={{ fontSize: 16, fontWeight: 600, overflowWrap: 'anywhere' }}
        >
          {card.title === '' ? t('untitled') : card.title}
        </Link>
        {mine && <StatusTag status={card.status} />}
        {typeof kind === 'string' && of.kindList !== null && <Tag>{codes.label(of.kindList, kind)}</Tag>}
        {factCodes.map(([list, code]) => (
          <Tag key={`${list}${code}`}>{codes.label(list, code)}</Tag>
        ))}
        {card.disclosure !== 'public' && (
          <Tag icon={<LockOutlined />}>{codes.label('disclosure', card.disclosure)}</Tag>
        )}
      </Flex>
      {card.excerpt !== null && <p style={{ margin: '6px 0', overflowWrap: 'anywhere' }}>{card.excerpt}</p>}
      <Flex gap={6} wrap style={{ margin: '6px 0' }}>
        {card.keywords.map((word) => (
          <Tag key={word} color="blue" variant="filled">
            {word}
          </Tag>
        ))}
      </Flex>
      <div style={{ color: GREY, fontSize: 13, overflowWrap: 'anywhere' }}>{facts.join(' · ')}</div>
      {mine && card.missing !== null && card.missing.length > 0 && (
        <div style={{ color: '#ad6800', fontSize: 13, marginTop: 4 }}>
          {t('missingCount', { count: card.missing.length })}
        </div>
      )}
    </Card>
  );
}
