'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { loginAddress, logOut, whoIsThere, type Who } from '../../lib/session';
import { Button, ButtonLink } from '../elements/button';

/** Who is logged in, and the way out; where everybody may search, the way in. */
export function SessionMenu() {
  const path = usePathname();
  const [who, setWho] = useState<Who | null>(null);
  useEffect(() => {
    void whoIsThere().then(setWho);
  }, []);
  if (!who) return null;
  if (who.isAnonymous) {
    return (
      <ButtonLink look="quiet" href={loginAddress(path)}>
        Log in
      </ButtonLink>
    );
  }
  return (
    <Button
      look="quiet"
      title={`Logged in with the key "${who.name}"`}
      onClick={() => void logOut()}
    >
      Log out
    </Button>
  );
}
