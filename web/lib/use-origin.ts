import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Where this console was loaded from, for commands that are shown; nothing while it is made on the server. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  );
}
