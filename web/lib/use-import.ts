import { useSyncExternalStore } from 'react';
import { currentImport, subscribeImport } from './import-current';
import type { ImportProgress } from './import-progress';

/** How far the import of this tab is; null where there is none. */
export function useImport(): ImportProgress | null {
  return useSyncExternalStore(subscribeImport, progress, () => null);
}

function progress(): ImportProgress | null {
  return currentImport()?.snapshot() ?? null;
}
