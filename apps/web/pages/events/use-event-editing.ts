import { useQueryClient } from '@tanstack/react-query';
import { createElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { eventImpact, type OrganizerEventView } from '#libs/contracts/events/event-editing.js';
import { done } from '#libs/contracts/primitives.js';
import { api, ApiError } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { AnnouncementTable, foretell, tellsAnybody } from '../messages/announcement.js';

type Part = 'agenda' | 'tables' | 'rooms';

const PUBLISHED = new Set(['published', 'registration_closed']);

/** Saving an event, piece by piece; each save sends the version that the page shows. */
export function useEventEditing(event: OrganizerEventView) {
  const { t } = useTranslation('events');
  const client = useQueryClient();
  const notice = useNotice();
  const [busy, setBusy] = useState(false);
  const refresh = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['organizer-event', event.id] }),
      client.invalidateQueries({ queryKey: ['organizer-events'] }),
      client.invalidateQueries({ queryKey: ['event', event.id] }),
    ]);
  };
  /** Puts the rule that a field breaks into words. */
  const word = (message: string) => t(`rule.${message}`, { defaultValue: t('wrongValue') });
  const run = async (work: () => Promise<unknown>, failed?: (error: unknown) => void): Promise<boolean> => {
    setBusy(true);
    try {
      await work();
      await refresh();
      notice.done(t('shell:saved'));
      return true;
    } catch (error) {
      notice.failed(error);
      failed?.(error);
      if (error instanceof ApiError && error.problem.code === 'record.changed') await refresh();
      return false;
    } finally {
      setBusy(false);
    }
  };
  const patch = (change: Record<string, unknown>, failed?: (error: unknown) => void) =>
    run(
      () => api.patch(`/organizer/events/${event.id}`, done, { updatedAt: event.updatedAt, ...change }),
      failed,
    );
  const put = (part: Part, body: Record<string, unknown>) =>
    run(() =>
      api.put(`/organizer/events/${event.id}/${part}`, done, { updatedAt: event.updatedAt, ...body }),
    );
  /** Asks first, with the list of who gets what, when anybody will hear of it. */
  const announced = async (body: Record<string, unknown>, action: () => Promise<unknown>): Promise<void> => {
    // What the server refuses it refuses again when it is saved, and then beside the fields.
    const told = PUBLISHED.has(event.state) ? await foretell(event.id, body).catch(() => null) : null;
    if (told === null || !tellsAnybody(told)) return void (await action());
    notice.ask({
      title: t('tellAsk'),
      text: createElement(AnnouncementTable, { view: told }),
      width: 680,
      action,
    });
  };
  const impact = () => api.post(`/organizer/events/${event.id}/impact`, eventImpact);
  return {
    busy,
    word,
    run,
    refresh,
    impact,
    put,
    save: (change: Record<string, unknown>, failed?: (error: unknown) => void): Promise<void> =>
      announced({ change: { updatedAt: event.updatedAt, ...change } }, () => patch(change, failed)),
    saveTables: (tables: readonly Record<string, unknown>[]): Promise<void> =>
      announced({ tables: { updatedAt: event.updatedAt, tables } }, () => put('tables', { tables })),
  };
}

/** The given values that differ from the event's. */
export function changedValues(event: OrganizerEventView, values: object): Record<string, unknown> {
  const known = event as unknown as Record<string, unknown>;
  const clean = (value: unknown) => (value === undefined || value === '' ? null : value);
  return Object.fromEntries(
    Object.entries(values)
      .map(([field, value]) => [field, clean(value)] as const)
      .filter(([field, value]) => JSON.stringify(clean(known[field])) !== JSON.stringify(value)),
  );
}
