import { useState } from 'react';

interface Draft {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Forgets what was typed: the value shows again. */
  readonly drop: () => void;
}

/** A text while it is typed; the value shows otherwise. */
export function useDraft(value: string): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  return { text: draft ?? value, type: setDraft, drop: () => setDraft(null) };
}
