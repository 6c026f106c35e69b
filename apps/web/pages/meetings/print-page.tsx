import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Space } from 'antd';
import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import {
  timetableBoard,
  type BoardMeeting,
  type TimetableBoardView,
} from '#libs/contracts/meetings/timetables.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { EventLinks } from '../events/event-links.js';
import { useMeetingWords } from './meeting-words.js';
import './meetings.css';
import './print.css';

const KINDS = ['people', 'tables', 'tableSigns', 'slotSigns'] as const;
type Kind = (typeof KINDS)[number];

/** /organizer/events/:id/timetable/print: sheets, cards and signs of the published timetable, printed by the browser. */
export default function PrintPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const [kind, setKind] = useState<Kind>('people');
  const query = useQuery({
    queryKey: ['timetable', id, 'published'],
    queryFn: () => api.get(`/organizer/events/${id}/timetable?shown=published`, timetableBoard),
  });
  return (
    <Loaded query={query}>
      {(board) => (
        <>
          <div className="no-print">
            <PageHead
              title={t('print.title')}
              hint={words.title(board.event)}
              actions={
                <Space wrap>
                  <Segmented
                    className="print-kinds"
                    value={kind}
                    onChange={setKind}
                    options={KINDS.map((value) => ({ value, label: t(`print.${value}`) }))}
                  />
                  <Button
                    type="primary"
                    icon={<PrinterOutlined />}
                    onClick={() => print()}
                    data-testid="print"
                  >
                    {t('schedule.print')}
                  </Button>
                </Space>
              }
            />
            <EventLinks eventId={id} />
            <p style={{ color: '#6b7685' }}>{t('print.hint')}</p>
          </div>
          {placedOf(board).length === 0 ? (
            <EmptyState text={t('print.empty')} />
          ) : (
            <div className="print-sheets" data-testid={`sheets-${kind}`}>
              <Sheets kind={kind} board={board} />
            </div>
          )}
        </>
      )}
    </Loaded>
  );
}

const placedOf = (board: TimetableBoardView): BoardMeeting[] =>
  board.meetings
    .filter((meeting) => meeting.published !== null && meeting.status !== 'cancelled')
    .sort((a, b) => (a.published!.startsAt < b.published!.startsAt ? -1 : 1));

function Sheets({ kind, board }: { readonly kind: Kind; readonly board: TimetableBoardView }) {
  if (kind === 'people') return <PeopleSheets board={board} />;
  if (kind === 'tables') return <TableCards board={board} />;
  return <Signs kind={kind} board={board} />;
}

function PeopleSheets({ board }: { readonly board: TimetableBoardView }) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const people = new Map<string, { person: string; organisation: string; meetings: BoardMeeting[] }>();
  for (const meeting of placedOf(board)) {
    const guests = meeting.guests.map((one) => ({ ...one, name: one.organisation }));
    for (const side of [meeting.enterprise, meeting.institute, ...guests]) {
      const sheet = people.get(side.personId) ?? {
        person: side.person,
        organisation: side.name,
        meetings: [],
      };
      people.set(side.personId, { ...sheet, meetings: [...sheet.meetings, meeting] });
    }
  }
  const rooms = new Map(board.tables.map((table) => [table.id, table.room]));
  const sheets = [...people].sort(([, a], [, b]) => a.organisation.localeCompare(b.organisation, 'zh-CN'));
  return sheets.map(([personId, { person, organisation, meetings }]) => (
    <section key={personId} className="sheet">
      <h2>{words.who(organisation, person)}</h2>
      <p>{words.title(board.event)}</p>
      <p>
        {[format.range(board.event.startsAt, board.event.endsAt), board.event.venue, board.event.address]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <table>
        <thead>
          <tr>
            <th>{t('meeting.time')}</th>
            <th>{t('move.table')}</th>
            <th>{t('meeting.with')}</th>
            <th>{t('print.about')}</th>
          </tr>
        </thead>
        <tbody>
          {meetings.map((meeting) => {
            const guests = meeting.guests.map((one) => ({ ...one, name: one.organisation }));
            const others = [meeting.enterprise, meeting.institute, ...guests].filter(
              (one) => one.personId !== personId,
            );
            const place = meeting.published!;
            return (
              <tr key={meeting.id}>
                <td>
                  {format.time(place.startsAt)}–{format.time(place.endsAt)}
                </td>
                <td>{[words.table(place.table), rooms.get(place.tableId)].filter(Boolean).join(' · ')}</td>
                <td>{others.map((one) => words.who(one.name, one.person)).join(t('shell:comma'))}</td>
                <td>
                  {words.topics(meeting).map((topic, index) => (
                    <div key={index}>{topic}</div>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  ));
}

function TableCards({ board }: { readonly board: TimetableBoardView }) {
  const words = useMeetingWords();
  const format = useFormat();
  const placed = placedOf(board);
  return board.tables.map((table) => {
    const meetings = placed.filter((meeting) => meeting.published!.tableId === table.id);
    return meetings.length === 0 ? null : (
      <section key={table.id} className="sheet half">
        <h2>{words.table(table.label)}</h2>
        <p>{[words.title(board.event), table.room].filter(Boolean).join(' · ')}</p>
        <table>
          <tbody>
            {meetings.map((meeting) => (
              <tr key={meeting.id}>
                <td>
                  {format.time(meeting.published!.startsAt)}–{format.time(meeting.published!.endsAt)}
                </td>
                <td>{words.who(meeting.enterprise.name, meeting.enterprise.person)}</td>
                <td>
                  {words.who(meeting.institute.name, meeting.institute.person)}
                  {meeting.guests.length > 0 && <div>{words.guests(meeting.guests)}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    );
  });
}

/** In digits: Chinese characters are as wide as two. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0);

function Signs({
  kind,
  board,
}: {
  readonly kind: 'tableSigns' | 'slotSigns';
  readonly board: TimetableBoardView;
}) {
  const words = useMeetingWords();
  const format = useFormat();
  const signs =
    kind === 'tableSigns'
      ? board.tables.map((table) => [table.id, words.table(table.label), table.room ?? ''] as const)
      : board.slots.map(
          (slot) => [slot.startsAt, `${format.time(slot.startsAt)}–${format.time(slot.endsAt)}`, ''] as const,
        );
  return signs.map(([key, big, small]) => (
    <section key={key} className="sheet half sign">
      <strong style={{ '--width': widthOf(big) } as CSSProperties}>{big}</strong>
      <p>{small}</p>
      <p>{words.title(board.event)}</p>
    </section>
  ));
}
