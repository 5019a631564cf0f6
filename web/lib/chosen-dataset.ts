/** Which dataset the console shows: remembered in this browser. */

const KEY = 'lookalike.dataset';
const listeners = new Set<() => void>();
let unsaved: string | null = null;

export function subscribeChosenDataset(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function chosenDatasetId(): string | null {
  try {
    return localStorage.getItem(KEY) ?? unsaved;
  } catch {
    return unsaved;
  }
}

export function chooseDataset(id: string): void {
  unsaved = id;
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Storage is blocked: the choice holds for this page only.
  }
  for (const listener of listeners) listener();
}
