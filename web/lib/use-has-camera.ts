import { useSyncExternalStore } from 'react';

const QUERY = '(pointer: coarse)';

/** Whether this is likely a phone or a tablet, where a file can be a photo that is taken now. */
export function useHasCamera(): boolean {
  return useSyncExternalStore(subscribe, hasCamera, () => false);
}

function subscribe(listener: () => void): () => void {
  const coarse = window.matchMedia(QUERY);
  coarse.addEventListener('change', listener);
  return () => coarse.removeEventListener('change', listener);
}

function hasCamera(): boolean {
  return window.matchMedia(QUERY).matches;
}
