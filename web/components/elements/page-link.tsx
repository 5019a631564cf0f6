'use client';

import Link from 'next/link';
import { useState, type ComponentProps } from 'react';

/**
 * A link to a page that is only fetched ahead once somebody is about to go there. Next fetches every
 * page that a link on the screen leads to: the frame has ten, a third of what a first visit loads.
 */
export function PageLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  const [wanted, setWanted] = useState(false);
  const want = () => setWanted(true);
  return (
    <Link
      {...props}
      prefetch={wanted ? 'auto' : false}
      onPointerEnter={want}
      onFocus={want}
      onTouchStart={want}
    />
  );
}
