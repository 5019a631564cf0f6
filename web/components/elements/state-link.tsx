'use client';

import type { ComponentProps, MouseEvent } from 'react';
import { pushAddress } from '../../lib/url-state';

/** A link to another state of the same page: followed here without asking the server. */
export function StateLink({ href, onClick, ...props }: ComponentProps<'a'> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || elsewhere || event.button !== 0) return;
    event.preventDefault();
    pushAddress(href);
  };
  return <a {...props} href={href} onClick={follow} />;
}
