import { useCallback, useEffect, useRef, useState } from 'react';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /**
   * Selects or drops one; extending, selects all from the last such one to this one, in the order
   * shown. Always the same function.
   */
  readonly select: (id: string, extend: boolean) => void;
  readonly add: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

/** Which of the shown things are selected. What was selected on other pages stays. */
export function useSelection(shown: readonly string[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const order = useRef(shown);
  useEffect(() => {
    order.current = shown;
  }, [shown]);
  const select = useCallback((id: string, extend: boolean) => {
    const from = anchor.current ?? id;
    anchor.current = id;
    const more = extend ? between(order.current, from, id) : null;
    setIds((known) => (more ? new Set([...known, ...more]) : toggled(known, id)));
  }, []);
  return {
    ids,
    select,
    add: (more) => setIds((known) => new Set([...known, ...more])),
    clear: () => {
      anchor.current = null;
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
