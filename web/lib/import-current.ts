import { isOver } from './import-progress';
import type { ImportSession } from './import-session';

/**
 * The import of this tab. It lives beside the pages, so that it goes on from one to another; every page
 * looks whether there is one, and so this brings nothing along of what it takes to import.
 */

let current: ImportSession | null = null;
let leave: (() => void) | null = null;
const listeners = new Set<() => void>();

export function subscribeImport(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The import that runs, or the last one until it is dismissed. */
export function currentImport(): ImportSession | null {
  return current;
}

/** Runs a session as the import of this tab; one at a time, the other one has to be over. */
export function startImport(session: ImportSession): void {
  if (current && !isOver(current.snapshot().phase))
    throw new Error('Another import is still running.');
  leave?.();
  current = session;
  const unsubscribe = session.subscribe(tell);
  window.addEventListener('beforeunload', warn);
  leave = () => {
    unsubscribe();
    window.removeEventListener('beforeunload', warn);
  };
  void session.run().then(() => {
    if (current === session) window.removeEventListener('beforeunload', warn);
  });
  tell();
}

/** Forgets an import that is over. */
export function dismissImport(): void {
  if (!current || !isOver(current.snapshot().phase)) return;
  leave?.();
  leave = null;
  current = null;
  tell();
}

/** The browser asks whether the page is really to be left. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function tell(): void {
  for (const listener of listeners) listener();
}
