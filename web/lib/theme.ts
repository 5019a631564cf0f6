/** The chosen theme, remembered in this browser; `public/theme.js` applies it before the paint. */

export type Theme = 'light' | 'dark' | 'system';

const KEY = 'lookalike.theme';
const listeners = new Set<() => void>();

export function subscribeTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentTheme(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  remember(KEY, theme === 'system' ? null : theme);
  for (const listener of listeners) listener();
}

/** Storage can be blocked: then the choice holds for this page only. */
function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    return;
  }
}
