import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

const POLL_MS = 15_000;
const RETRY_MS = 30_000;

/**
 * Asks again for what is shown as soon as the server says that something of the event changed. The browser reconnects
 * by itself; where streams do not get through, it asks every quarter of a minute and tries the stream again.
 */
export function useLive(eventId: string, keys: readonly string[], enabled: boolean): void {
  const client = useQueryClient();
  const names = keys.join(' ');
  useEffect(() => {
    if (!enabled) return undefined;
    let source: EventSource | null = null;
    let poll: ReturnType<typeof setInterval> | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      for (const name of names.split(' ')) void client.invalidateQueries({ queryKey: [name, eventId] });
    };
    const open = () => {
      source = new EventSource(`/api/events/${eventId}/live`);
      source.addEventListener('changed', refresh);
      source.addEventListener('open', () => {
        clearInterval(poll);
        poll = undefined;
      });
      source.addEventListener('error', () => {
        poll ??= setInterval(refresh, POLL_MS);
        if (source?.readyState !== EventSource.CLOSED) return;
        clearTimeout(retry);
        retry = setTimeout(open, RETRY_MS);
      });
    };
    open();
    return () => {
      source?.close();
      clearInterval(poll);
      clearTimeout(retry);
    };
  }, [client, enabled, eventId, names]);
}

const HALF_DAY = 12 * 3_600_000;

/** From half a day before an event until half a day after it. */
export const isTheDay = (event: { startsAt: string; endsAt: string }): boolean =>
  Date.parse(event.startsAt) - HALF_DAY < Date.now() && Date.now() < Date.parse(event.endsAt) + HALF_DAY;
