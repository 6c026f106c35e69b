import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ApiError } from '../../shell/api.js';
import type { MarketKind, MarketView } from './market-kind.js';
import type { Values } from './form-field.js';

const QUIET_MS = 1200;

export interface RecordForm {
  readonly values: Values;
  readonly saved: MarketView;
  /** Time of the last saving in this visit. */
  readonly savedAt: string | null;
  readonly saving: boolean;
  readonly dirty: boolean;
  readonly error: ApiError | null;
  change(part: Values): void;
  /** Whether something was typed that no saving has taken yet. */
  readonly unsaved: () => boolean;
  /** Saves what was changed now; true when everything is saved. */
  readonly save: () => Promise<boolean>;
}

const LISTS = new Set(['indicators', 'ip', 'works']);

/** Rows that are still being typed wait until they have a name. */
const sendable = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      LISTS.has(name)
        ? (value as { name?: string; title?: string }[]).filter(
            (row) => (row.name ?? row.title ?? '').trim() !== '',
          )
        : value,
    ]),
  );

/** The form of a record: keeps what is typed, and with `autosave` saves it after a moment of quiet. */
export function useRecordForm(of: MarketKind, loaded: MarketView, autosave: boolean): RecordForm {
  const queryClient = useQueryClient();
  const [values, setValues] = useState<Values>(loaded);
  const [saved, setSaved] = useState(loaded);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [changes, setChanges] = useState<Values>({});
  const pending = useRef<Values>({});
  const version = useRef(loaded.version);
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const send = useCallback(async (): Promise<boolean> => {
    const sent = pending.current;
    if (Object.keys(sent).length === 0) return true;
    pending.current = {};
    setSaving(true);
    try {
      const body = { ...sendable(sent), version: version.current };
      const view = (await api.patch(`${of.path}/${loaded.id}`, of.view, body)) as unknown as MarketView;
      version.current = view.version;
      setSaved(view);
      setSavedAt(new Date().toISOString());
      setError(null);
      queryClient.setQueryData([of.kind, loaded.id], view);
      return true;
    } catch (failure) {
      pending.current = { ...sent, ...pending.current };
      setError(failure instanceof ApiError ? failure : null);
      return false;
    } finally {
      setChanges(pending.current);
      setSaving(false);
    }
  }, [of, loaded.id, queryClient]);

  // One saving at a time: the next one needs the version that the one before it answered.
  const save = useCallback(async (): Promise<boolean> => {
    while (running.current !== null) await running.current;
    running.current = send();
    const result = await running.current;
    running.current = null;
    return result;
  }, [send]);

  const change = useCallback(
    (part: Values) => {
      setValues((old) => ({ ...old, ...part }));
      pending.current = { ...pending.current, ...part };
      setChanges(pending.current);
      clearTimeout(timer.current);
      if (autosave) timer.current = setTimeout(() => void save(), QUIET_MS);
    },
    [autosave, save],
  );

  const unsaved = useCallback(() => Object.keys(pending.current).length > 0, []);

  // Leaving the page does not wait for the moment of quiet.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (autosave) void save();
    },
    [autosave, save],
  );

  const dirty = Object.keys(changes).length > 0;
  return { values, saved, savedAt, saving, dirty, error, change, unsaved, save };
}
