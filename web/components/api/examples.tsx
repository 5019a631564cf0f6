'use client';

import { useState } from 'react';
import { useOrigin } from '../../lib/use-origin';
import { CopyButton } from './copy-button';
import { curlOf, EXAMPLES } from './example-queries';

/** Example queries, each as GraphQL and as a curl command. */
export function Examples() {
  const [chosen, setChosen] = useState(0);
  const origin = useOrigin();
  const example = EXAMPLES[chosen] ?? EXAMPLES[0];
  if (!example) return null;
  return (
    <div className="flex flex-col gap-4">
      <div role="group" aria-label="Example" className="flex flex-wrap gap-2">
        {EXAMPLES.map(({ title }, place) => (
          <button
            key={title}
            type="button"
            aria-pressed={place === chosen}
            onClick={() => setChosen(place)}
            className="rounded-full border border-line-strong px-3 py-1 text-sm hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
          >
            {title}
          </button>
        ))}
      </div>
      <p className="text-sm text-muted">{example.meaning}</p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Code name="GraphQL" text={example.query} />
        <div className="flex min-w-0 flex-col gap-4">
          <Code name="Variables" text={JSON.stringify(example.variables, null, 2)} />
          {!example.live && <Code name="curl" text={curlOf(example, origin)} />}
        </div>
      </div>
    </div>
  );
}

function Code({ name, text }: { name: string; text: string }) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex items-center justify-between text-sm text-muted">
        {name}
        <CopyButton text={text} what={name} />
      </figcaption>
      <pre
        tabIndex={0}
        className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs leading-relaxed"
      >
        {text}
      </pre>
    </figure>
  );
}
