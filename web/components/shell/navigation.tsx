'use client';

import { usePathname } from 'next/navigation';
import { useWho } from '../../lib/use-who';
import { PageLink } from '../elements/page-link';

const PAGES: readonly { href: string; title: string; isForAdmins?: boolean }[] = [
  { href: '/search', title: 'Search' },
  { href: '/dataset', title: 'Dataset' },
  { href: '/duplicates', title: 'Duplicates' },
  { href: '/odd', title: 'Odd ones out' },
  { href: '/map', title: 'Map' },
  { href: '/labels', title: 'Labels' },
  { href: '/models', title: 'Models' },
  { href: '/runs', title: 'Training runs' },
  { href: '/sweeps', title: 'Sweeps' },
  { href: '/api', title: 'API' },
  { href: '/keys', title: 'Keys', isForAdmins: true },
  { href: '/audit', title: 'Audit log', isForAdmins: true },
];

export function Navigation() {
  const path = usePathname();
  const isAdmin = useWho()?.role === 'ADMIN';
  return (
    <nav aria-label="Pages">
      <ul className="-mx-1 flex gap-x-1 overflow-x-auto max-lg:[scrollbar-width:none] lg:flex-col lg:gap-y-0.5">
        {PAGES.filter(({ isForAdmins }) => isAdmin || !isForAdmins).map(({ href, title }) => {
          const here = path === href || path.startsWith(`${href}/`);
          return (
            <li key={href} className="shrink-0">
              <PageLink
                href={href}
                aria-current={here ? 'page' : undefined}
                className={`block px-1.5 py-1.5 text-sm max-lg:border-b-2 lg:rounded-md lg:px-2.5 ${
                  here
                    ? 'border-accent font-semibold text-accent lg:bg-accent-soft'
                    : 'border-transparent text-muted hover:text-ink lg:hover:bg-sunken'
                }`}
              >
                {title}
              </PageLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
