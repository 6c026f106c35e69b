import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { created } from '#libs/contracts/meetings/meetings.js';
import { timetableBoard, type MoveBody, type SwapBody } from '#libs/contracts/meetings/timetables.js';
import { done } from '#libs/contracts/primitives.js';
import { api, queryString } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

const POLL_MS = 700;

export type Shown = 'draft' | 'published';

/** The board of an event; asks again while a timetable is computed, and says when it is ready. */
export function useBoard(eventId: string, shown: Shown | undefined) {
  const { t } = useTranslation('meetings');
  const notice = useNotice();
  const query = useQuery({
    queryKey: ['timetable', eventId, shown ?? null],
    queryFn: () => api.get(`/organizer/events/${eventId}/timetable${queryString({ shown })}`, timetableBoard),
    refetchInterval: ({ state }) => (isRunning(state.data?.latest?.status) ? POLL_MS : false),
  });
  const running = isRunning(query.data?.latest?.status);
  const draft = query.data?.draft;
  const isLoaded = query.data !== undefined;
  // undefined: nothing was loaded yet, so that what was there before is not told as news.
  const before = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (!isLoaded || running) return;
    if (before.current !== undefined && draft && before.current !== draft.id) {
      notice.done(t('board.computed', { placed: draft.placed, unplaced: draft.unplaced }));
    }
    before.current = draft?.id ?? null;
  }, [isLoaded, running, draft, notice, t]);
  return { query, running };
}

const isRunning = (status: string | undefined): boolean => status === 'queued' || status === 'computing';

/** What changes the board; each reloads it, also when refused, because somebody else may have changed it. */
export function useBoardActions(eventId: string, timetableId: string | null) {
  const { t } = useTranslation('meetings');
  const notice = useNotice();
  const client = useQueryClient();
  const settle = {
    onError: (error: unknown) => notice.failed(error),
    onSettled: () => client.invalidateQueries({ queryKey: ['timetable', eventId] }),
  };
  const saved = { ...settle, onSuccess: () => notice.done(t('move.saved')) };
  const base = `/organizer/timetables/${timetableId ?? ''}`;
  return {
    compute: useMutation({
      ...settle,
      mutationFn: () => api.post(`/organizer/events/${eventId}/timetables`, created),
    }),
    move: useMutation({
      ...saved,
      mutationFn: ({ meetingId, to }: MoveBody & { meetingId: string }) =>
        api.patch(`${base}/placements/${meetingId}`, done, { to }),
    }),
    swap: useMutation({ ...saved, mutationFn: (body: SwapBody) => api.post(`${base}/swap`, done, body) }),
    lock: useMutation({
      ...settle,
      mutationFn: ({ id, locked }: { id: string; locked: boolean }) =>
        api.post(`/organizer/meetings/${id}/lock`, done, { locked }),
    }),
    stop: useMutation({
      ...settle,
      mutationFn: (id: string) => api.post(`/organizer/timetables/${id}/stop`, done),
    }),
    undo: useMutation({
      ...settle,
      onSuccess: () => notice.done(t('board.undone')),
      mutationFn: () => api.post(`${base}/undo`, done),
    }),
    remove: useMutation({
      ...saved,
      mutationFn: (id: string) => api.delete(`/organizer/meetings/${id}`, done),
    }),
  };
}
export type BoardActions = ReturnType<typeof useBoardActions>;
