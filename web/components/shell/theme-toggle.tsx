'use client';

import { useSyncExternalStore } from 'react';
import { chooseTheme, currentTheme, subscribeTheme, type Theme } from '../../lib/theme';

const THEMES: readonly { theme: Theme; title: string; sign: string }[] = [
  { theme: 'light', title: 'Light', sign: '☀' },
  { theme: 'system', title: 'System', sign: '◐' },
  { theme: 'dark', title: 'Dark', sign: '☾' },
];

/** Light, dark, or as the system has it. */
export function ThemeToggle() {
  const current = useSyncExternalStore(subscribeTheme, currentTheme, () => 'system');
  return (
    <div
      role="group"
      aria-label="Theme"
      className="flex shrink-0 rounded-md border border-line bg-card p-0.5"
    >
      {THEMES.map(({ theme, title, sign }) => (
        <button
          key={theme}
          type="button"
          title={`${title} theme`}
          aria-label={`${title} theme`}
          aria-pressed={current === theme}
          onClick={() => chooseTheme(theme)}
          className="size-7 rounded text-sm text-muted hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink"
        >
          <span aria-hidden>{sign}</span>
        </button>
      ))}
    </div>
  );
}
