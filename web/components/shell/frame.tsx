'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { isLoginPage } from '../../lib/session';
import { Providers } from './providers';
import { Shell } from './shell';

/** What every page stands in, except the one that is shown to people who are not let in yet. */
export function Frame({ children }: { children: ReactNode }) {
  if (isLoginPage(usePathname())) return children;
  return (
    <Providers>
      <Shell>{children}</Shell>
    </Providers>
  );
}
