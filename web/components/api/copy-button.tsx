'use client';

import { useState } from 'react';
import { Button } from '../elements/button';

/** Copies a text and says so. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [told, setTold] = useState<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold('Copied');
    } catch {
      setTold('Select and copy it by hand');
    }
    setTimeout(() => setTold(null), 2_000);
  };
  return (
    <span className="flex items-center gap-2">
      <span role="status" className="text-xs">
        {told}
      </span>
      <Button
        look="quiet"
        className="h-7 px-2 text-xs"
        aria-label={`Copy ${what}`}
        onClick={() => void copy()}
      >
        Copy
      </Button>
    </span>
  );
}
