import { Suspense, type ReactNode } from 'react';
import { PageLink } from '../elements/page-link';
import { DatasetSwitcher } from './dataset-switcher';
import { DatasetFromAddress } from './dataset-from-address';
import { LiveStatus } from './live-status';
import { Navigation } from './navigation';
import { SessionMenu } from './session-menu';
import { ThemeToggle } from './theme-toggle';
import { UnreachableNote } from './unreachable-note';

/** The frame of every page: navigation beside it on wide screens, above it on narrow ones. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <>
      <a
        href="#content"
        className="fixed top-2 left-2 z-20 -translate-y-20 rounded-md bg-accent px-3 py-2 text-sm text-accent-ink focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="mx-auto max-w-[96rem] lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
        <header className="border-line max-lg:border-b lg:border-r">
          <div className="flex flex-col gap-y-2 px-4 pt-3 lg:sticky lg:top-0 lg:h-dvh lg:gap-5 lg:overflow-y-auto lg:p-4 lg:pt-5">
            <div className="flex items-center justify-between gap-3">
              <PageLink
                href="/search"
                className="flex items-center gap-2 text-base font-semibold tracking-tight"
              >
                <Mark />
                Lookalike
              </PageLink>
              <div className="flex min-w-0 items-center gap-2 lg:hidden">
                <LiveStatus />
                <SessionMenu />
                <ThemeToggle />
              </div>
            </div>
            <DatasetSwitcher />
            <Navigation />
            <div className="mt-auto hidden flex-col items-start gap-3 lg:flex">
              <LiveStatus />
              <SessionMenu />
              <ThemeToggle />
            </div>
          </div>
        </header>
        <main id="content" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none lg:px-8 lg:py-7">
          <UnreachableNote />
          <Suspense>
            <DatasetFromAddress />
          </Suspense>
          {children}
        </main>
      </div>
    </>
  );
}

function Mark() {
  return (
    <svg aria-hidden viewBox="0 0 20 20" className="size-5 fill-accent">
      <rect width="9" height="9" rx="2" />
      <rect x="11" width="9" height="9" rx="2" opacity=".75" />
      <rect y="11" width="9" height="9" rx="2" opacity=".5" />
      <rect x="11" y="11" width="9" height="9" rx="2" opacity=".28" />
    </svg>
  );
}
