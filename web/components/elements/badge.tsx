import type { ReactNode } from 'react';

type Tone = 'neutral' | 'accent' | 'danger' | 'warning';

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink',
  accent: 'bg-accent-soft text-accent',
  danger: 'bg-danger-soft text-danger',
  warning: 'bg-warning-soft text-warning',
};

export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium tracking-normal whitespace-nowrap ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
