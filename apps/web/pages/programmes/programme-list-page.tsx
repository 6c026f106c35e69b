import { useQuery } from '@tanstack/react-query';
import { Card, Col, Row, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { programmePage } from '#libs/contracts/events/programmes.js';
import { api } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';

export default function ProgrammeListPage() {
  const { t, i18n } = useTranslation('programmes');
  const codes = useCodes();
  const query = useQuery({
    queryKey: ['programmes', 'public'],
    queryFn: () => api.get('/programmes?pageSize=100&archived=false', programmePage),
  });
  return (
    <>
      <PageHead title={t('title')} hint={t('hint')} />
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState text={t('none')} />
          ) : (
            <Row gutter={[16, 16]}>
              {rows.map((row) => (
                <Col key={row.id} xs={24} md={12} xl={8}>
                  <Link to={`/programmes/${row.slug}`}>
                    <Card
                      hoverable
                      style={{ borderInlineStart: `4px solid ${row.color}`, height: '100%' }}
                      styles={{ title: { whiteSpace: 'normal' }, header: { paddingBlock: 12 } }}
                      title={i18n.language === 'en' && row.nameEn ? row.nameEn : row.name}
                      extra={<Tag>{codes.label('event-kind', row.kind)}</Tag>}
                    >
                      <p style={{ margin: 0, color: '#5b6675', minHeight: 44 }}>{row.intro?.slice(0, 90)}</p>
                      <p style={{ margin: '12px 0 0' }}>
                        {t('held', { count: row.held })} · {t('upcoming', { count: row.upcoming })}
                      </p>
                    </Card>
                  </Link>
                </Col>
              ))}
            </Row>
          )
        }
      </Loaded>
    </>
  );
}
