// Runs before the first paint, so that a remembered theme never flashes. See lib/theme.ts.
try {
  const theme = localStorage.getItem('lookalike.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme applies.
}
