import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompareView } from '#libs/contracts/matching/match-compare.js';
import { useCodes } from '../../shell/codes.js';
import { signed, useFactorLabel } from './contributions.js';
import { OutcomeTag, ReasonList } from './reason-list.js';
import { ScoreBand } from './score-band.js';

/** `cells` in the order of the compared matches. */
export interface CompareRow {
  readonly label: string;
  readonly cells: readonly ReactNode[];
}

export interface CompareGroup {
  readonly title: string;
  readonly rows: readonly CompareRow[];
}

type Column = CompareView['matches'][number];

/** What is compared, in groups; rows in which nothing is known are left out. */
export function useCompareRows(view: CompareView): CompareGroup[] {
  const { t } = useTranslation('matches');
  const facts = useFactRows(view);
  const factorLabel = useFactorLabel();
  const indicators = view.indicators.map(({ name, values }) => ({
    label: name,
    cells: values.map((value) =>
      value === null ? (
        '—'
      ) : (
        <>
          {value.offered} <OutcomeTag outcome={value.outcome} offered={value.offered} />
          <div style={{ color: '#6b7685' }}>{t('compare.wanted', { wanted: value.wanted })}</div>
        </>
      ),
    ),
  }));
  const factors = view.factors.map(({ code, values }) => ({
    label: factorLabel(code),
    cells: values.map((value) => (value === null ? '—' : signed(value))),
  }));
  const reasons = {
    label: t('why'),
    cells: view.matches.map(({ match }) => <ReasonList key={match.id} {...match} />),
  };
  return [
    { title: t('compare.overview'), rows: [...facts, reasons] },
    { title: t('indicators'), rows: indicators },
    { title: t('parts'), rows: factors },
  ].filter(({ rows }) => rows.length > 0);
}

function useFactRows({ subject, matches }: CompareView): CompareRow[] {
  const { t } = useTranslation('matches');
  const codes = useCodes();
  const modes = subject.kind === 'need' ? 'transfer-mode' : 'solve-mode';
  const row = (label: string, value: (column: Column) => string | null): CompareRow | null => {
    const found = matches.map(value);
    return found.every((text) => text === null || text === '')
      ? null
      : { label, cells: found.map((text) => text || '—') };
  };
  const words = (list: string, found: readonly string[] | null) =>
    found === null ? null : found.map((code) => codes.label(list, code)).join(t('shell:comma'));
  const other = subject.kind === 'need' ? 'capability' : 'need';
  const rows = [
    row(t('compare.organisation'), ({ match }) => match[other].organisation ?? t('sealedOrganisation')),
    {
      label: t('compare.score'),
      cells: matches.map(({ match }) => (
        <ScoreBand key={match.id} score={match.score} scored={match.factors.length > 0} />
      )),
    },
    row(t('extra.field'), (column) => words('technology-field', column.other.fields)),
    row(t('extra.region'), ({ other: { regionCode } }) =>
      regionCode === null ? null : codes.label('region', regionCode),
    ),
    row(t('compare.trl'), ({ other: { trl, trlScheme } }) =>
      trl === null || trlScheme === null
        ? null
        : t('compare.trlWords', { level: trl, word: codes.label(trlScheme, String(trl)) }),
    ),
    row(t('factor.mode'), (column) => words(modes, column.other.modes)),
    row(t(`compare.money.${other}`), (column) => moneyWords(column.other.money, t)),
  ];
  return rows.filter((one) => one !== null);
}

function moneyWords(money: Column['other']['money'], t: (key: string) => string): string | null {
  if (money === null) return null;
  const { min, max, negotiable } = money;
  const range =
    min === null
      ? max === null
        ? null
        : `≤ ${max}`
      : max === null
        ? `≥ ${min}`
        : min === max
          ? String(min)
          : `${min}–${max}`;
  const parts = [range && `${range} ${t('shell:wan')}`, negotiable ? t('shell:negotiable') : null];
  return parts.filter(Boolean).join(' · ');
}
