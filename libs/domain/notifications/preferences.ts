import type { Choices } from './channel-choices.js';
import { DEFAULT_DIGEST_AT, DEFAULT_QUIET_HOURS } from './quiet-hours.js';

/** What a person wants to hear, where and when; times are minutes of the day in Asia/Shanghai. */
export interface Preferences {
  readonly choices: Choices;
  readonly quietHours: boolean;
  readonly quietFrom: number;
  readonly quietUntil: number;
  readonly digestAt: number;
  readonly wecomUserId: string | null;
}

/** What holds for everybody who never said anything else. */
export const DEFAULT_PREFERENCES: Preferences = {
  choices: {},
  quietHours: true,
  quietFrom: DEFAULT_QUIET_HOURS.from,
  quietUntil: DEFAULT_QUIET_HOURS.until,
  digestAt: DEFAULT_DIGEST_AT,
  wecomUserId: null,
};

/** A row of a person and perhaps their preferences (LEFT JOIN), each null where they have none. */
export type StoredPreferences = { readonly [Field in keyof Preferences]: Preferences[Field] | null };

export function preferencesOf(stored: StoredPreferences): Preferences {
  return {
    choices: stored.choices ?? DEFAULT_PREFERENCES.choices,
    quietHours: stored.quietHours ?? DEFAULT_PREFERENCES.quietHours,
    quietFrom: stored.quietFrom ?? DEFAULT_PREFERENCES.quietFrom,
    quietUntil: stored.quietUntil ?? DEFAULT_PREFERENCES.quietUntil,
    digestAt: stored.digestAt ?? DEFAULT_PREFERENCES.digestAt,
    wecomUserId: stored.wecomUserId,
  };
}
