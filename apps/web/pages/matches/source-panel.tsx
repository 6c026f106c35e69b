import { useQuery } from '@tanstack/react-query';
import { Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { capabilityView } from '#libs/contracts/market/capability.js';
import { needView } from '#libs/contracts/market/need.js';
import type { MatchView } from '#libs/contracts/matching/matches.js';
import { api } from '../../shell/api.js';
import { Loaded } from '../../shell/states.js';
import { Marked } from './marked.js';
import { passagesOf, type Mark } from './marks.js';

type Position = MatchView['shared'][number]['need'][number];

interface Source {
  title: string;
  keywords: string[];
  /** The parts of the long text, as the matcher joins them. */
  body: (string | null)[];
}

/** Both records where they use the same words, side by side; loaded when it is first shown. */
export function SourcePanel({ match }: { match: MatchView }) {
  const need = useQuery({
    queryKey: ['match-source', 'need', match.need.id, match.updatedAt],
    queryFn: async (): Promise<Source> => {
      const record = await api.get(`/needs/${match.need.id}`, needView);
      const { title, keywords, problem, keyTech, expectedGoal, publicSummary } = record;
      return { title, keywords, body: [problem, keyTech, expectedGoal, publicSummary] };
    },
  });
  const capability = useQuery({
    queryKey: ['match-source', 'capability', match.capability.id, match.updatedAt],
    queryFn: async (): Promise<Source> => {
      const record = await api.get(`/capabilities/${match.capability.id}`, capabilityView);
      const { title, keywords, abstract, keyTech, market, publicSummary } = record;
      return { title, keywords, body: [abstract, keyTech, market, publicSummary] };
    },
  });
  return (
    <div className="match-sides" data-testid="match-source">
      <Loaded query={need}>
        {(source) => <SourceText side="need" id={match.need.id} source={source} match={match} />}
      </Loaded>
      <Loaded query={capability}>
        {(source) => <SourceText side="capability" id={match.capability.id} source={source} match={match} />}
      </Loaded>
    </div>
  );
}

interface TextProps {
  side: 'need' | 'capability';
  id: string;
  source: Source;
  match: MatchView;
}

function SourceText({ side, id, source, match }: TextProps) {
  const { t } = useTranslation('matches');
  const all = match.shared.flatMap((term) => term[side]);
  const inField = (field: Position['field'], item = 0): Mark[] =>
    all.filter((at) => at.field === field && at.item === item);
  // A hidden part is null as an empty one is; then the places in the long text are not among the shared ones either.
  const body = source.body.filter((part) => part !== null).join('\n');
  const passages = passagesOf(body, inField(side === 'need' ? 'body' : 'text'));
  return (
    <div>
      <Typography.Text type="secondary">{t(`kind.${side}`)}</Typography.Text>
      <div>
        <Link to={`/${side === 'need' ? 'needs' : 'capabilities'}/${id}`}>
          <Marked text={source.title} marks={inField('title')} />
        </Link>
      </div>
      <div className="tags" style={{ margin: '6px 0' }}>
        {source.keywords.map((word, item) => (
          <Tag key={word}>
            <Marked text={word} marks={inField('keywords', item)} />
          </Tag>
        ))}
      </div>
      {passages.map((passage, index) => (
        <p key={index} className="match-passage" style={{ margin: '4px 0' }}>
          {passage.cutBefore && '…'}
          <Marked text={passage.text} marks={passage.marks} />
          {passage.cutAfter && '…'}
        </p>
      ))}
      {passages.length === 0 && <Typography.Text type="secondary">{t('pair.noPassages')}</Typography.Text>}
    </div>
  );
}
