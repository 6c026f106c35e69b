import { useQuery } from '@tanstack/react-query';
import { Card, Drawer, Grid, Space } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { compareView, type CompareView } from '#libs/contracts/matching/match-compare.js';
import { api, queryString } from '../../shell/api.js';
import { Loaded } from '../../shell/states.js';
import { AnswerButtons } from './answer-buttons.js';
import { useCompareRows, type CompareRow } from './compare-rows.js';
import './matches.css';

/** Two to four matches of one record side by side, stacked on a narrow screen; `ids` null = closed. */
export function CompareDrawer({ ids, close }: { ids: readonly string[] | null; close: () => void }) {
  const { t } = useTranslation('matches');
  return (
    <Drawer
      open={ids !== null}
      onClose={close}
      size="min(1120px, 100vw)"
      title={t('compare.title')}
      destroyOnHidden
    >
      {ids !== null && <Comparison ids={ids} />}
    </Drawer>
  );
}

function Comparison({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('matches');
  const wide = Grid.useBreakpoint().md ?? true;
  const query = useQuery({
    // Begins like the lists: an answer given here renews both.
    queryKey: ['matches', 'compare', ids],
    queryFn: () => api.get(`/matches/compare${queryString({ ids: ids.join(',') })}`, compareView),
  });
  return (
    <Loaded query={query}>
      {(view) => (
        <div data-testid="comparison">
          <p style={{ marginTop: 0 }}>
            {t(`compare.of.${view.subject.kind}`, { title: view.subject.title })}
          </p>
          {wide ? <Columns view={view} /> : <Stack view={view} />}
        </div>
      )}
    </Loaded>
  );
}

const answerable = (match: CompareView['matches'][number]['match']) =>
  match.answers === null || match.side !== null;

function Columns({ view }: { view: CompareView }) {
  const { t } = useTranslation('matches');
  const groups = useCompareRows(view);
  return (
    <table className="compare-table">
      <thead>
        <tr>
          <th scope="row">{t('compare.record')}</th>
          {view.matches.map(({ match }) => (
            <th key={match.id} scope="col">
              <RecordLink view={view} match={match} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map(({ title, rows }) => (
          <Fragment key={title}>
            <tr>
              <td className="group" colSpan={view.matches.length + 1}>
                {title}
              </td>
            </tr>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                {view.matches.map(({ match }, column) => (
                  <td key={match.id}>{row.cells[column]}</td>
                ))}
              </tr>
            ))}
          </Fragment>
        ))}
        <tr>
          <th scope="row">{t('compare.answer')}</th>
          {view.matches.map(({ match }) => (
            <td key={match.id}>{answerable(match) && <AnswerButtons match={match} />}</td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function Stack({ view }: { view: CompareView }) {
  const groups = useCompareRows(view);
  const cell = (row: CompareRow, column: number) => (
    <Fragment key={row.label}>
      <span style={{ color: '#6b7685' }}>{row.label}</span>
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>{row.cells[column]}</div>
    </Fragment>
  );
  return (
    <Space orientation="vertical" size={12} style={{ width: '100%' }}>
      {view.matches.map(({ match }, column) => (
        <Card key={match.id} size="small" title={<RecordLink view={view} match={match} />}>
          {groups.map(({ title, rows }) => (
            <section key={title} style={{ marginBottom: 12 }}>
              <b>{title}</b>
              <div style={{ display: 'grid', gridTemplateColumns: '96px minmax(0, 1fr)', gap: '4px 10px' }}>
                {rows.map((row) => cell(row, column))}
              </div>
            </section>
          ))}
          {answerable(match) && <AnswerButtons match={match} />}
        </Card>
      ))}
    </Space>
  );
}

function RecordLink({ view, match }: { view: CompareView; match: CompareView['matches'][number]['match'] }) {
  const other = view.subject.kind === 'need' ? match.capability : match.need;
  const path = view.subject.kind === 'need' ? 'capabilities' : 'needs';
  return (
    <Link to={`/${path}/${other.id}`} style={{ whiteSpace: 'normal' }}>
      {other.title}
    </Link>
  );
}
