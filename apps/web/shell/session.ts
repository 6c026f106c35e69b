import { useQuery } from '@tanstack/react-query';
import { meAnswer, type Me } from '#libs/contracts/identity/me.js';
import { api } from './api.js';

export const ME_KEY = ['me'] as const;

/** Who is signed in: `person` is null for a visitor, `ready` is false until known. */
export function useSession(): { person: Me | null; mailbox: boolean; ready: boolean } {
  const { data, isSuccess } = useQuery({
    queryKey: ME_KEY,
    queryFn: () => api.get('/me', meAnswer),
    staleTime: 60_000,
  });
  return { person: data?.person ?? null, mailbox: data?.mailbox ?? false, ready: isSuccess };
}

export const isOrganizer = (me: Me | null): boolean =>
  me?.roles.some((role) => role === 'organizer' || role === 'administrator') ?? false;
export const isAdministrator = (me: Me | null): boolean => me?.roles.includes('administrator') ?? false;
export const isStaff = (me: Me | null): boolean => (me?.roles.length ?? 0) > 0;
