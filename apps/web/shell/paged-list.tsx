import { Pagination } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props<Row> {
  readonly data: {
    readonly rows: readonly Row[];
    readonly total: number;
    readonly page: number;
    readonly pageSize: number;
  };
  /** What stands there when nothing was found. */
  readonly empty: ReactNode;
  readonly onPage: (page: number) => void;
  /** One row; gives it its key. */
  readonly children: (row: Row) => ReactNode;
  /** Space between rows in pixels. */
  readonly gap?: number;
}

/** Rows under each other with the pages below them, or why there are none. */
export function PagedList<Row>({ data, empty, onPage, children, gap = 8 }: Props<Row>) {
  const { t } = useTranslation();
  if (data.total === 0) return <>{empty}</>;
  return (
    <>
      <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap }}>
        {data.rows.map(children)}
      </div>
      <Pagination
        align="end"
        hideOnSinglePage
        style={{ marginTop: 16, flexWrap: 'wrap', rowGap: 8, whiteSpace: 'nowrap' }}
        current={data.page}
        pageSize={data.pageSize}
        total={data.total}
        showSizeChanger={false}
        showTotal={(count) => t('total', { count })}
        onChange={onPage}
      />
    </>
  );
}
