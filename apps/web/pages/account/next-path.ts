import { useSearchParams } from 'react-router';
import { nextPath } from '#libs/contracts/identity/auth.js';

/** `?next=` when it is a path of this platform, else null. */
export function useNext(): string | null {
  const parsed = nextPath.safeParse(useSearchParams()[0].get('next'));
  return parsed.success ? parsed.data : null;
}

/** `path` with `?next=` when there is one. */
export const withNext = (path: string, next: string | null): string =>
  next === null ? path : `${path}?next=${encodeURIComponent(next)}`;
