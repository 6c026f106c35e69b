import { QuestionCircleOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { capabilityView } from '#libs/contracts/market/capability.js';
import { needView } from '#libs/contracts/market/need.js';
import { matchPage, matchQuery, type MatchPage } from '#libs/contracts/matching/matches.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded, NotFound } from '../../shell/states.js';
import { CompareBar } from './compare-bar.js';
import { MatchCard } from './match-card.js';
import { MatchFilters } from './match-filters.js';
import { askKey, offerKindsOf, requestKindOf } from './pair-kinds.js';
import { QuestionDrawer } from './question-drawer.js';
import type { Side } from './record-picker.js';

const MOST_COMPARED = 4;
/** After an edit matches are worked out anew within seconds; those of pairs agreed on may stay as they were. */
const REFRESH_MS = 1500;
const MOST_REFRESHES = 20;

/** The ranked matches of one need or capability. */
export default function MatchListPage() {
  const { kind, id } = useParams();
  if ((kind !== 'need' && kind !== 'capability') || id === undefined) return <NotFound />;
  return <MatchList key={`${kind} ${id}`} kind={kind} id={id} />;
}

/** Title and kind of the record whose matches are listed; pending until known or failed. */
function useSubject(kind: Side, id: string) {
  const query = useQuery({
    queryKey: ['match-subject', kind, id],
    queryFn: async () => {
      if (kind === 'need') {
        const need = await api.get(`/needs/${id}`, needView);
        return { title: need.title, others: offerKindsOf(need.requestKind) };
      }
      const capability = await api.get(`/capabilities/${id}`, capabilityView);
      return { title: capability.title, others: [requestKindOf(capability.offerKind)] };
    },
  });
  return query;
}

function MatchList({ kind, id }: { kind: Side; id: string }) {
  const { t } = useTranslation('matches');
  const [params, setParams] = useSearchParams();
  const [asking, setAsking] = useState(false);
  const subject = useSubject(kind, id);
  const parsed = matchQuery.safeParse(Object.fromEntries(params));
  const asked = parsed.success ? parsed.data : matchQuery.parse({});
  const others = subject.data?.others ?? [];
  const offers = kind === 'need' && others.length > 1 ? others : [];
  const values = { ...asked, offerKind: asked.offerKind ?? offers[0] };
  const path = kind === 'need' ? 'needs' : 'capabilities';
  const query = useQuery({
    queryKey: ['matches', kind, id, values],
    queryFn: () => api.get(`/${path}/${id}/matches${queryString({ ...values, pageSize: 20 })}`, matchPage),
    placeholderData: keepPreviousData,
    enabled: !subject.isPending,
    refetchInterval: ({ state }) =>
      state.dataUpdateCount < MOST_REFRESHES && state.data?.rows.some(({ outdated }) => outdated) === true
        ? REFRESH_MS
        : false,
  });
  const title = subject.data?.title;
  const set = (name: string, value: string | null | undefined) => {
    const next = new URLSearchParams(params);
    if (name !== 'page') next.delete('page');
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next);
  };
  return (
    <>
      <PageHead
        title={title === undefined ? t('title') : t('matchesOf', { title })}
        hint={
          <>
            <Link to="/matches">{t('title')}</Link> · <Link to={`/${path}/${id}`}>{t(`kind.${kind}`)}</Link> ·{' '}
            {t(`listHint.${values.sort}`)}
          </>
        }
        actions={
          <Button icon={<QuestionCircleOutlined />} onClick={() => setAsking(true)} data-testid="ask-why">
            {t(askKey(kind, values.offerKind ?? others[0]))}
          </Button>
        }
      />
      {offers.length > 1 && (
        <Tabs
          activeKey={values.offerKind ?? ''}
          onChange={(offerKind) => set('offerKind', offerKind)}
          items={offers.map((key) => ({ key, label: t(`offer.${key}`) }))}
          data-testid="offer-kinds"
        />
      )}
      <MatchFilters params={params} set={set} filter={values.filter} />
      <Loaded query={query}>
        {(data) => (
          <Cards data={data} kind={kind} filtered={isFiltered(params)} filter={values.filter} set={set} />
        )}
      </Loaded>
      <QuestionDrawer
        open={asking}
        close={() => setAsking(false)}
        subject={{ kind, id, title: title ?? '' }}
        otherKind={values.offerKind ?? others[0]}
      />
    </>
  );
}

const isFiltered = (params: URLSearchParams): boolean =>
  ['q', 'field', 'region', 'organisation', 'minScore'].some((name) => params.has(name));

interface CardsProps {
  data: MatchPage;
  kind: Side;
  filter: string;
  filtered: boolean;
  set: (name: string, value: string) => void;
}

function Cards({ data, kind, filter, filtered, set }: CardsProps) {
  const { t } = useTranslation('matches');
  const [chosen, setChosen] = useState<{ id: string; title: string }[]>([]);
  const other = kind === 'need' ? 'capability' : 'need';
  const empty = filtered ? 'emptyFiltered' : filter === 'open' ? 'emptyOpen' : 'emptyList';
  return (
    <>
      <PagedList
        data={data}
        gap={12}
        onPage={(page) => set('page', String(page))}
        empty={<EmptyState text={t(empty)} />}
      >
        {(match) => {
          const isChosen = chosen.some((one) => one.id === match.id);
          return (
            <MatchCard
              key={match.id}
              match={match}
              seenFrom={kind}
              chosen={isChosen || (chosen.length < MOST_COMPARED ? false : null)}
              choose={(on) =>
                setChosen(
                  on
                    ? [...chosen, { id: match.id, title: match[other].title }]
                    : chosen.filter((one) => one.id !== match.id),
                )
              }
            />
          );
        }}
      </PagedList>
      <CompareBar chosen={chosen} setChosen={setChosen} />
    </>
  );
}
