'use client';

import { useQuery } from 'urql';
import { asQuery, isSame, swapExample, withoutExample, type Side } from '../../lib/examples-tray';
import {
  fromExample,
  searchAddress,
  type ExampleRef,
  type SearchState,
} from '../../lib/search-state';
import { uploadOf } from '../../lib/uploads';
import { pushAddress } from '../../lib/url-state';
import { Button } from '../elements/button';
import { Picture } from '../elements/picture';
import { QueryImageDocument } from './search-documents';

/** The examples of a search with more than one: what is sought, and what is not. */
export function ExampleTray({ state, pictureUrl }: { state: SearchState; pictureUrl: string }) {
  const { query, likes, unlikes } = state;
  if (!query || likes.length + unlikes.length === 0) return null;
  const go = (next: SearchState) => pushAddress(searchAddress(next));
  return (
    <section aria-label="Examples" className="card flex flex-col gap-3 p-3 sm:p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted">
          More like the <b className="font-semibold text-accent">+</b> examples
          {unlikes.length > 0 && (
            <>
              , less like the <b className="font-semibold text-warning">−</b> ones
            </>
          )}
          .
        </p>
        <Button look="quiet" onClick={() => go(fromExample(state, query))}>
          Only the query
        </Button>
      </div>
      <ul className="flex flex-wrap gap-2">
        {[query, ...likes].map((example) => (
          <Example key={keyOf(example)} example={example} side="LIKE" state={state} onGo={go}>
            {isSame(query, example) ? pictureUrl : null}
          </Example>
        ))}
        {unlikes.map((example) => (
          <Example key={keyOf(example)} example={example} side="UNLIKE" state={state} onGo={go}>
            {null}
          </Example>
        ))}
      </ul>
    </section>
  );
}

function Example({
  example,
  side,
  state,
  onGo,
  children: url,
}: {
  example: ExampleRef;
  side: Side;
  state: SearchState;
  onGo: (state: SearchState) => void;
  /** Address of its picture, where it is known. */
  children: string | null;
}) {
  const isImage = example.kind === 'IMAGE';
  const [{ data, error }] = useQuery({
    query: QueryImageDocument,
    variables: { id: example.key },
    requestPolicy: 'cache-first',
    pause: !isImage || url !== null,
  });
  const upload = isImage ? null : uploadOf(example.key);
  const shown = url ?? (isImage ? data?.image.thumbnailUrl : upload?.url);
  const gone = isImage ? error !== undefined : upload === null;
  const name = isImage ? `image ${example.key}` : (upload?.file.name ?? 'your picture');
  const isQuery = isSame(state.query, example);
  const stays = isQuery && state.likes.length === 0;
  const like = side === 'LIKE';
  return (
    <li
      className={`flex w-26 flex-col rounded-md border p-1 text-xs ${like ? 'border-accent' : 'border-dashed border-warning'}`}
    >
      <span className="relative block">
        {shown && !gone ? (
          <Picture
            url={shown}
            alt={`${like ? 'More' : 'Less'} like ${name}${isQuery ? ' (the query)' : ''}`}
            size={94}
            className="aspect-square h-auto w-full"
          />
        ) : (
          <span className="grid aspect-square place-items-center rounded-md bg-sunken p-1 text-center text-muted">
            {gone ? 'No longer here; left out' : ''}
          </span>
        )}
        <span
          aria-hidden
          className={`absolute top-1 left-1 grid size-5 place-items-center rounded-full text-sm leading-none font-bold ${like ? 'bg-accent text-accent-ink' : 'bg-warning-soft text-warning'}`}
        >
          {like ? '+' : '−'}
        </span>
      </span>
      {isQuery ? (
        <span className="px-1 pt-1 text-center text-muted">Query</span>
      ) : like && !gone ? (
        <SmallButton label={`Make ${name} the query`} onClick={() => onGo(asQuery(state, example))}>
          As query
        </SmallButton>
      ) : (
        <span className="h-5" />
      )}
      <span className="flex">
        <SmallButton
          label={`${like ? 'Less' : 'More'} like ${name} instead`}
          disabled={stays || gone}
          onClick={() => onGo(swapExample(state, example))}
        >
          {like ? 'to −' : 'to +'}
        </SmallButton>
        <SmallButton
          label={`Remove ${name} from the examples`}
          disabled={stays}
          onClick={() => onGo(withoutExample(state, example))}
        >
          ✕
        </SmallButton>
      </span>
    </li>
  );
}

function SmallButton({
  label,
  disabled = false,
  onClick,
  children,
}: {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className="min-h-6 flex-1 rounded px-1 hover:bg-sunken disabled:cursor-not-allowed disabled:opacity-40"
    >
      {children}
    </button>
  );
}

function keyOf({ kind, key }: ExampleRef): string {
  return `${kind} ${key}`;
}
