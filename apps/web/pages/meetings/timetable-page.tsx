import { PrinterOutlined, UndoOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Grid, Segmented, Statistic, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { BoardMeeting, TimetableBoardView } from '#libs/contracts/meetings/timetables.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { EventLinks } from '../events/event-links.js';
import { AddMeetingDialog } from './add-meeting-dialog.js';
import { boardBreaks } from './cell-hints.js';
import { CollectButton } from './collect-button.js';
import { CompareDialog } from './compare-dialog.js';
import { LateDialog } from './late-dialog.js';
import { useMeetingWords } from './meeting-words.js';
import './meetings.css';
import { MoveDialog } from './move-dialog.js';
import { ParticipantsDialog } from './participants-dialog.js';
import { ProgressCard, ProofLine } from './progress-card.js';
import { PublishDialog } from './publish-dialog.js';
import { TimetableGrid } from './timetable-grid.js';
import { TimetableList } from './timetable-list.js';
import { UnplacedList } from './unplaced-list.js';
import { useLive } from './use-live.js';
import { useBoard, useBoardActions, type Shown } from './use-timetable.js';

/** /organizer/events/:id/timetable */
export default function TimetablePage() {
  const { id = '' } = useParams();
  const [shown, setShown] = useState<Shown>();
  const { query, running } = useBoard(id, shown);
  return (
    <Loaded query={query}>
      {(board) => <Board eventId={id} board={board} running={running} show={setShown} />}
    </Loaded>
  );
}

interface BoardProps {
  readonly eventId: string;
  readonly board: TimetableBoardView;
  readonly running: boolean;
  readonly show: (shown: Shown) => void;
}

function Board({ eventId, board, running, show }: BoardProps) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const wide = Grid.useBreakpoint().md ?? true;
  const [dragged, setDragged] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const editable = board.shown === 'draft' && board.draft !== null && !running;
  useLive(eventId, ['timetable'], true);
  const actions = useBoardActions(eventId, board.draft?.id ?? null);
  const meeting = board.meetings.find((candidate) => candidate.id === chosen) ?? null;
  const open = (target: BoardMeeting) => setChosen(target.id);
  const View = wide ? TimetableGrid : TimetableList;
  const ready = board.slots.length > 0 && board.tables.length > 0;
  return (
    <>
      <PageHead
        title={t('board.title')}
        hint={t('board.hint', { event: words.title(board.event), meetings: board.meetings.length })}
        actions={
          ready && <Actions eventId={eventId} board={board} running={running} compute={actions.compute} />
        }
      />
      <EventLinks eventId={eventId} />
      {!ready ? (
        <EmptyState
          text={t('board.noSlots')}
          action={
            <Link to={`/organizer/events/${eventId}`}>
              <Button type="primary">{t('board.toEvent')}</Button>
            </Link>
          }
        />
      ) : (
        <div className="stack" style={{ gap: 16 }}>
          <StateBar eventId={eventId} board={board} running={running} show={show} stop={actions.stop} />
          {editable && <UndoBar board={board} undo={actions.undo} />}
          {board.meetings.length === 0 ? (
            <EmptyState
              text={t('board.noMeetings')}
              action={
                <Link to={`/organizer/events/${eventId}/assignment`}>
                  <Button type="primary">{t('assign.link')}</Button>
                </Link>
              }
            />
          ) : (
            <>
              <UnplacedList meetings={board.meetings} open={open} drag={setDragged} />
              <View
                board={board}
                actions={editable ? actions : null}
                open={open}
                dragged={dragged}
                drag={setDragged}
              />
              {!editable && <small style={{ color: '#6b7685' }}>{t('board.needDraft')}</small>}
              {editable && wide && <small style={{ color: '#6b7685' }}>{t('board.dragHint')}</small>}
            </>
          )}
        </div>
      )}
      {meeting !== null && (
        <MoveDialog
          key={meeting.id}
          meeting={meeting}
          board={board}
          editable={editable}
          actions={actions}
          close={() => setChosen(null)}
        />
      )}
    </>
  );
}

interface ActionsProps {
  readonly eventId: string;
  readonly board: TimetableBoardView;
  readonly running: boolean;
  readonly compute: ReturnType<typeof useBoardActions>['compute'];
}

function Actions({ eventId, board, running, compute }: ActionsProps) {
  const { t } = useTranslation('meetings');
  const [dialog, setDialog] = useState<'add' | 'publish' | 'people' | 'late' | null>(null);
  const computed = board.draft !== null || board.published !== null;
  return (
    <>
      <Link to={`/organizer/events/${eventId}/assignment`}>
        <Button data-testid="to-assignment">{t('assign.link')}</Button>
      </Link>
      <CollectButton eventId={eventId} />
      <Button onClick={() => setDialog('add')} data-testid="add-meeting">
        {t('board.add')}
      </Button>
      <Button onClick={() => setDialog('people')} data-testid="participant-settings">
        {t('limits.open')}
      </Button>
      {board.published !== null && (
        <Button onClick={() => setDialog('late')} data-testid="late-change">
          {t('late.open')}
        </Button>
      )}
      <Button
        type={board.draft === null ? 'primary' : 'default'}
        disabled={board.meetings.length === 0}
        loading={running || compute.isPending}
        onClick={() => compute.mutate()}
        data-testid="compute-timetable"
      >
        {t(computed ? 'board.recompute' : 'board.compute')}
      </Button>
      {board.published !== null && (
        <Link to={`/organizer/events/${eventId}/timetable/print`}>
          <Button icon={<PrinterOutlined />}>{t('schedule.print')}</Button>
        </Link>
      )}
      {board.draft !== null && (
        <Button
          type="primary"
          disabled={running}
          onClick={() => setDialog('publish')}
          data-testid="publish-timetable"
        >
          {t('board.publish')}
        </Button>
      )}
      <AddMeetingDialog eventId={eventId} open={dialog === 'add'} close={() => setDialog(null)} />
      {dialog === 'people' && (
        <ParticipantsDialog eventId={eventId} board={board} close={() => setDialog(null)} />
      )}
      {dialog === 'late' && <LateDialog eventId={eventId} board={board} close={() => setDialog(null)} />}
      {dialog === 'publish' && board.draft !== null && (
        <PublishDialog eventId={eventId} timetableId={board.draft.id} close={() => setDialog(null)} />
      )}
    </>
  );
}

/** The newest change by hand, and the button that takes it back. */
function UndoBar({
  board,
  undo,
}: {
  readonly board: TimetableBoardView;
  readonly undo: ReturnType<typeof useBoardActions>['undo'];
}) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const change = board.lastChange;
  if (change === null) return null;
  const names = change.meetingIds
    .flatMap((id) => board.meetings.filter((meeting) => meeting.id === id))
    .map((meeting) => words.pair(meeting));
  return (
    <Flex wrap gap={8} align="center" data-testid="last-change">
      <Button
        size="small"
        icon={<UndoOutlined />}
        loading={undo.isPending}
        onClick={() => undo.mutate()}
        data-testid="undo-change"
      >
        {t('board.undo')}
      </Button>
      <small style={{ color: '#6b7685' }}>
        {t(`board.last.${change.kind}`, {
          names: names.join(t('shell:comma')),
          by: change.by ?? '',
          at: format.time(change.at),
        })}
      </small>
    </Flex>
  );
}

interface StateBarProps extends Pick<BoardProps, 'eventId' | 'board' | 'running' | 'show'> {
  readonly stop: ReturnType<typeof useBoardActions>['stop'];
}

function StateBar({ eventId, board, running, show, stop }: StateBarProps) {
  const { t } = useTranslation('meetings');
  const { draft, published, latest } = board;
  const options = [
    ...(draft === null ? [] : [{ value: 'draft', label: t('board.draft', { version: draft.versionNo }) }]),
    ...(published === null
      ? []
      : [{ value: 'published', label: t('board.published', { version: published.versionNo }) }]),
  ];
  const placed = board.meetings.filter((meeting) => meeting.place !== null).length;
  const [comparing, setComparing] = useState(false);
  const shownOne = board.shown === 'draft' ? draft : published;
  // What was proved was proved of the timetable as computed.
  const edited = board.lastChange !== null || shownOne?.breaks !== boardBreaks(board);
  const breaks = board.shown === 'draft' || published !== null ? boardBreaks(board) : null;
  return (
    <>
      {running && latest !== null && <ProgressCard key={latest.id} latest={latest} stop={stop} />}
      {latest?.status === 'failed' && (
        <Alert type="error" title={t('board.failed', { error: latest.error ?? '' })} showIcon />
      )}
      <Flex wrap gap={24} align="center">
        {options.length === 0 ? (
          <span>{t('board.nothing')}</span>
        ) : (
          <Segmented value={board.shown} options={options} onChange={(value) => show(value as Shown)} />
        )}
        <div className="figures">
          <Statistic title={t('board.placed')} value={placed} />
          <Statistic title={t('board.unplaced')} value={board.meetings.length - placed} />
          {breaks !== null && options.length > 0 && (
            <Tooltip title={t('board.breaksHint')}>
              <div>
                <Statistic title={t('board.breaks')} value={breaks} />
              </div>
            </Tooltip>
          )}
        </div>
        {options.length > 0 && (
          <Button onClick={() => setComparing(true)} data-testid="compare-versions">
            {t('compare.open')}
          </Button>
        )}
      </Flex>
      <ProofLine progress={shownOne?.progress ?? null} edited={edited} />
      {comparing && <CompareDialog eventId={eventId} close={() => setComparing(false)} />}
    </>
  );
}
