import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Checkbox, Input, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { matchSubjectPage, type MatchSubject } from '#libs/contracts/matching/matches.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';

type Kind = 'all' | MatchSubject['kind'];

/** The reader's published needs and capabilities, those that somebody is interested in first. */
export default function SubjectsPage() {
  const { t } = useTranslation('matches');
  const [kind, setKind] = useState<Kind>('all');
  const [mutual, setMutual] = useState(false);
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const values = { kind: kind === 'all' ? null : kind, mutual: mutual || null, q, page };
  const query = useQuery({
    queryKey: ['match-subjects', values],
    queryFn: () => api.get(`/matches/subjects${queryString(values)}`, matchSubjectPage),
    placeholderData: keepPreviousData,
  });
  const kinds: Kind[] = ['all', 'need', 'capability'];
  return (
    <>
      <PageHead title={t('title')} hint={t('hint')} />
      <div className="filters">
        <Segmented
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(value) => {
            setKind(value);
            setPage(1);
          }}
        />
        <Input.Search
          allowClear
          placeholder={t('searchSubject')}
          style={{ width: 260 }}
          onSearch={(word) => {
            setQ(word);
            setPage(1);
          }}
        />
        <Checkbox
          checked={mutual}
          onChange={(event) => {
            setMutual(event.target.checked);
            setPage(1);
          }}
          style={{ alignSelf: 'center' }}
        >
          {t('mutualOnly')}
        </Checkbox>
      </div>
      <Card styles={{ body: { padding: '4px 16px' } }}>
        <Loaded query={query}>
          {(data) => (
            <PagedList
              data={data}
              gap={0}
              onPage={setPage}
              empty={<EmptyState text={t(q !== '' || mutual ? 'emptyFiltered' : 'noSubjects')} />}
            >
              {(subject) => <SubjectRow key={subject.id} subject={subject} />}
            </PagedList>
          )}
        </Loaded>
      </Card>
    </>
  );
}

function SubjectRow({ subject }: { subject: MatchSubject }) {
  const { t } = useTranslation('matches');
  return (
    <div style={{ padding: '10px 0', borderBottom: '1px solid #f0f0f0', overflowWrap: 'anywhere' }}>
      <Link to={`/matches/${subject.kind}/${subject.id}`}>
        <Tag color={subject.kind === 'need' ? 'blue' : 'green'} style={{ marginInlineEnd: 8 }}>
          {t(`kind.${subject.kind}`)}
        </Tag>
        {subject.title}
      </Link>
      <div className="tags" style={{ marginTop: 4, color: '#6b7685' }}>
        <span>{[subject.number, subject.organisation].filter(Boolean).join(' · ')}</span>
        {subject.mutual > 0 && <Tag color="success">{t('counts.mutual', { count: subject.mutual })}</Tag>}
        {subject.theirs > 0 && <Tag color="orange">{t('counts.theirs', { count: subject.theirs })}</Tag>}
        {subject.open > 0 && <Tag>{t('counts.open', { count: subject.open })}</Tag>}
        {subject.total === 0 && <span>{t('counts.none')}</span>}
      </div>
    </div>
  );
}
