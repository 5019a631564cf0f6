'use client';

import { usePathname } from 'next/navigation';
import { loginAddress, logOut } from '../../lib/session';
import { useWho } from '../../lib/use-who';
import { Button, ButtonLink } from '../elements/button';

/** Who is logged in, and the way out; where everybody may search, the way in. */
export function SessionMenu() {
  const path = usePathname();
  const who = useWho();
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
