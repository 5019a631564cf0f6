import Link from 'next/link';
import type { ComponentProps } from 'react';

type Look = 'plain' | 'primary' | 'danger' | 'quiet';

const LOOKS: Record<Look, string> = {
  plain: 'border-line-strong bg-card text-ink hover:bg-sunken',
  primary: 'border-accent bg-accent text-accent-ink hover:opacity-90',
  danger: 'border-danger bg-card text-danger hover:bg-danger-soft',
  quiet: 'border-transparent bg-transparent text-ink hover:bg-sunken',
};

function classesOf(look: Look): string {
  return `inline-flex h-9 shrink-0 items-center justify-center gap-1.5 rounded-md border px-3 text-sm font-medium whitespace-nowrap disabled:cursor-not-allowed disabled:opacity-50 ${LOOKS[look]}`;
}

export function Button({
  look = 'plain',
  className = '',
  ...props
}: ComponentProps<'button'> & { look?: Look }) {
  return <button type="button" {...props} className={`${classesOf(look)} ${className}`} />;
}

/** A link that looks like a button. */
export function ButtonLink({
  look = 'plain',
  ...props
}: ComponentProps<typeof Link> & { look?: Look }) {
  return <Link {...props} className={classesOf(look)} />;
}
