import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { accessEndpoints, type Me } from '../../contract/access.ts';
import type { Permission } from '../../contract/permissions.ts';
import { call, onSignedOut, ProblemError, StillSignedIn, setSessionToken } from './api.ts';
import { forgetPersonsLocale, localeFor, setLocale } from './words.ts';

interface Session {
  /** Who is signed in, also while a password or code is still pending; null = nobody. */
  me: Me | null;
  loading: boolean;
  /** The server could not be asked. */
  error: Error | null;
  retry: () => void;
  enter: (me: Me) => void;
  /** @throws StillSignedIn where the server did not end the session */
  leave: () => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);
const sessionKey = ['session'] as const;

const lastPerson = 'lastmetre.person';

/** Drafts outlive an ended session, but a desk is shared: they are the last person's and nobody else's. */
function keepDraftsOf(me: Me): void {
  if (sessionStorage.getItem(lastPerson) !== me.id) sessionStorage.clear();
  sessionStorage.setItem(lastPerson, me.id);
}

function take(me: Me | null): void {
  setSessionToken(me?.csrf ?? '');
  if (!me) return;
  keepDraftsOf(me);
  // Only shown: on a shared desk it may be the choice of whoever sat here before, and the account is this person's.
  setLocale(localeFor(me));
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: sessionKey,
    queryFn: async () => {
      const me = await call(accessEndpoints.me, {});
      take(me);
      return me;
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

  useEffect(() => onSignedOut(() => cache.setQueryData(sessionKey, null)), [cache]);

  const session = useMemo<Session>(
    () => ({
      me: query.data ?? null,
      loading: query.isPending && !query.error,
      error: query.error,
      retry: () => void query.refetch(),
      enter(me) {
        take(me);
        cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
        cache.setQueryData(sessionKey, me);
      },
      async leave() {
        await call(accessEndpoints.signOut, {}).catch((error: unknown) => {
          // An ended session cannot be left once more; with any other answer, or none, it is open.
          if (!(error instanceof ProblemError && error.status === 401)) throw new StillSignedIn();
        });
        setSessionToken('');
        sessionStorage.clear();
        forgetPersonsLocale();
        cache.setQueryData(sessionKey, null);
        cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      },
    }),
    [cache, query.data, query.error, query.isPending, query.refetch],
  );
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside the session');
  return session;
}

/** Who is signed in; every page inside the frame has somebody. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error('nobody is signed in');
  return me;
}

export function may(me: Me, permission: Permission | readonly Permission[]): boolean {
  const wanted = typeof permission === 'string' ? [permission] : permission;
  return wanted.some((each) => me.permissions.includes(each));
}

/** Whether this person holds a permission; what they may do to one record comes with that record's `can`. */
export function useMay(): (permission: Permission | readonly Permission[]) => boolean {
  const me = useMe();
  return (permission) => may(me, permission);
}
