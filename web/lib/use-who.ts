import { useEffect, useState } from 'react';
import { whoIsThere, type Who } from './session';

let asked: Promise<Who | null> | null = null;

/** Who is logged in, asked once for all of a page: a login loads a new one. Null while that is not known, and where nobody is. */
export function useWho(): Who | null {
  const [who, setWho] = useState<Who | null>(null);
  useEffect(() => {
    asked ??= whoIsThere();
    void asked.then((answer) => {
      if (!answer) asked = null;
      setWho(answer);
    });
  }, []);
  return who;
}
