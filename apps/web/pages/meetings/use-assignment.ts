import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import {
  acceptReport,
  assignmentPairs,
  assignmentView,
  undoReport,
  type AssignmentSettings,
  type PairsQuery,
} from '#libs/contracts/meetings/assignments.js';
import { created } from '#libs/contracts/meetings/meetings.js';
import { api, queryString } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

const POLL_MS = 500;

const isRunning = (status: string | undefined): boolean => status === 'queued' || status === 'computing';

/** Settings and newest proposal of an event; asks again while one is computed, and says when it is ready. */
export function useAssignment(eventId: string) {
  const { t } = useTranslation('meetings');
  const notice = useNotice();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['assignment', eventId],
    queryFn: () => api.get(`/organizer/events/${eventId}/assignment`, assignmentView),
    refetchInterval: ({ state }) => (isRunning(state.data?.latest?.status) ? POLL_MS : false),
  });
  const latest = query.data?.latest;
  const running = isRunning(latest?.status);
  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && latest?.status === 'ready') {
      notice.done(t('assign.computed', { chosen: latest.figures?.chosen ?? 0 }));
      void client.invalidateQueries({ queryKey: ['assignment-pairs'] });
    }
    wasRunning.current = running;
  }, [running, latest, notice, t, client]);
  return { query, running };
}

export type PairsShown = Pick<PairsQuery, 'page' | 'q' | 'shown'>;

export function useAssignmentPairs(assignmentId: string, { page, q, shown }: PairsShown) {
  return useQuery({
    queryKey: ['assignment-pairs', assignmentId, page, q, shown],
    queryFn: () =>
      api.get(
        `/organizer/assignments/${assignmentId}/pairs${queryString({ page, q, shown })}`,
        assignmentPairs,
      ),
    placeholderData: keepPreviousData,
  });
}

/** Computing, accepting and taking back; each loads again what it changes, also when refused. */
export function useAssignmentActions(eventId: string, assignmentId: string | null) {
  const { t } = useTranslation('meetings');
  const notice = useNotice();
  const client = useQueryClient();
  const settle = {
    onError: (error: unknown) => notice.failed(error),
    onSettled: () =>
      Promise.all(
        [['assignment', eventId], ['assignment-pairs'], ['timetable', eventId]].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  };
  const base = `/organizer/assignments/${assignmentId ?? ''}`;
  return {
    compute: useMutation({
      onError: settle.onError,
      // The pairs shown are those of a proposal that is gone now: the new one brings its own.
      onSettled: () => client.invalidateQueries({ queryKey: ['assignment', eventId] }),
      mutationFn: (settings: AssignmentSettings) =>
        api.post(`/organizer/events/${eventId}/assignments`, created, settings),
    }),
    accept: useMutation({
      ...settle,
      mutationFn: (pairIds: readonly string[] | null) =>
        api.post(`${base}/accept`, acceptReport, { pairIds }),
      onSuccess: (report) =>
        notice.done(
          t(report.existing + report.skipped > 0 ? 'assign.acceptedMore' : 'assign.accepted', { ...report }),
        ),
    }),
    undo: useMutation({
      ...settle,
      mutationFn: () => api.post(`${base}/undo`, undoReport),
      onSuccess: (report) =>
        notice.done(t(report.kept > 0 ? 'assign.undoneMore' : 'assign.undone', { ...report })),
    }),
  };
}
export type AssignmentActions = ReturnType<typeof useAssignmentActions>;
