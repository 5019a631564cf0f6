import { useState } from 'react';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** Selects everything from the one that was toggled last to this one, in the order shown. */
  readonly extendTo: (id: string) => void;
  readonly add: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

/** Which of the shown things are selected. What was selected on other pages stays. */
export function useSelection(shown: readonly string[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const add = (more: readonly string[]) => setIds((known) => new Set([...known, ...more]));
  return {
    ids,
    toggle: (id) => {
      setAnchor(id);
      setIds((known) => toggled(known, id));
    },
    extendTo: (id) => {
      setAnchor(id);
      add(between(shown, anchor ?? id, id));
    },
    add,
    clear: () => {
      setAnchor(null);
      setIds(new Set());
    },
  };
}

function toggled(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(known);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** From one to another in whichever direction, both included; the second alone where the first is not there. */
export function between(shown: readonly string[], from: string, to: string): readonly string[] {
  const start = shown.indexOf(from);
  const end = shown.indexOf(to);
  if (start < 0 || end < 0) return [to];
  return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}
