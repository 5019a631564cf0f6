import { useEffect, useState } from 'react';
import { whoIsThere, type Who } from './session';

/** Who is logged in; null until that is known. */
export function useWho(): Who | null {
  const [who, setWho] = useState<Who | null>(null);
  useEffect(() => {
    void whoIsThere().then(setWho);
  }, []);
  return who;
}
