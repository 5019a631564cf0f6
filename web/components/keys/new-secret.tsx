'use client';

import { CopyButton } from '../api/copy-button';
import { Button } from '../elements/button';
import type { MadeKey } from './new-key';

/** The secret of a key that has just been made: seen here, and never again. */
export function NewSecret({ made, onClose }: { made: MadeKey; onClose: () => void }) {
  const link = `${window.location.origin}/login#${made.secret}`;
  return (
    <section aria-label="The new key" className="card border-accent text-sm">
      <p className="font-medium">
        The key “{made.name}” is made. It is shown this once: save it now.
      </p>
      <dl className="mt-3 flex flex-col gap-2">
        <Told what="key" text={made.secret} />
        <Told what="link to log in" text={link} />
      </dl>
      <Button className="mt-3" onClick={onClose}>
        I have saved it
      </Button>
    </section>
  );
}

function Told({ what, text }: { what: string; text: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3">
      <dt className="w-28 text-muted first-letter:uppercase">{what}</dt>
      <dd className="flex min-w-0 items-center gap-2">
        <code className="min-w-0 break-all">{text}</code>
        <CopyButton text={text} what={`the ${what}`} />
      </dd>
    </div>
  );
}
