'use client';

import { useEffect, useId, useState, type ReactNode, type SubmitEvent } from 'react';
import { logIn, returnAddress, whoIsThere, type Who } from '../../lib/session';
import { Button } from '../elements/button';

/** Takes a key, typed or behind the `#` of the address, and goes back to where one came from. */
export function LoginPage() {
  const id = useId();
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [offered, setOffered] = useState<Offer | null>(null);

  const enter = async (given: string) => {
    setBusy(true);
    const wrong = await logIn(given);
    setBusy(false);
    setProblem(wrong);
    // A whole new page: nothing of what was asked before stays.
    if (wrong === null) goBack();
  };

  useEffect(() => {
    const fromAddress = () => {
      const given = window.location.hash.slice(1);
      if (given === '') return false;
      // Out of the address, and of the history, before anything else.
      window.history.replaceState(null, '', window.location.pathname + window.location.search);
      // A link that somebody else has sent must not put their key in the place of one's own.
      void whoIsThere().then((who) => {
        if (who && !who.isAnonymous) setOffered({ key: given, who });
        else void enter(given);
      });
      return true;
    };
    if (!fromAddress()) {
      // A link from elsewhere comes without the cookie: only now is it seen that somebody is logged in.
      void whoIsThere().then((who) => {
        if (who && !who.isAnonymous) goBack();
      });
    }
    window.addEventListener('hashchange', fromAddress);
    return () => window.removeEventListener('hashchange', fromAddress);
  }, []);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void enter(key.trim());
  };

  if (offered) {
    return (
      <Entrance>
        <div role="alertdialog" aria-labelledby={`${id}-offer`} className="card mt-5 text-sm">
          <p id={`${id}-offer`}>
            You are logged in with the key “{offered.who.name}”. The link that you have followed
            brings another key. Log in with that one instead only if you know where the link comes
            from.
          </p>
          {problem !== null && (
            <p role="alert" className="mt-2 text-danger">
              {problem}
            </p>
          )}
          <div className="mt-3 flex flex-wrap gap-2">
            <Button look="primary" autoFocus onClick={goBack}>
              Stay logged in as {offered.who.name}
            </Button>
            <Button disabled={busy} onClick={() => void enter(offered.key)}>
              Log in with the link’s key
            </Button>
          </div>
        </div>
      </Entrance>
    );
  }
  return (
    <Entrance>
      <p className="mt-2 text-sm text-muted">
        Log in with a key. The server showed the first one, in a link, when it was started for the
        first time; <code>npm run admin-key</code> makes another where it is lost.
      </p>
      <form noValidate onSubmit={submit} className="card mt-5 flex flex-col gap-2">
        <label htmlFor={id} className="text-sm font-medium">
          Key
        </label>
        <input
          id={id}
          type="password"
          autoComplete="current-password"
          className="field w-full"
          value={key}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          onChange={(event) => setKey(event.target.value)}
        />
        {problem !== null && (
          <p id={`${id}-problem`} role="alert" className="text-sm text-danger">
            {problem}
          </p>
        )}
        <div>
          <Button type="submit" look="primary" disabled={busy || key.trim() === ''}>
            {busy ? 'Logging in …' : 'Log in'}
          </Button>
        </div>
      </form>
    </Entrance>
  );
}

/** A key that a link brings to somebody who is logged in with another. */
interface Offer {
  readonly key: string;
  readonly who: Who;
}

function Entrance({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto max-w-md px-4 py-16">
      <h1 className="text-2xl font-semibold tracking-tight">Lookalike</h1>
      {children}
    </main>
  );
}

function goBack(): void {
  const { search, origin } = window.location;
  window.location.replace(returnAddress(search, origin));
}
