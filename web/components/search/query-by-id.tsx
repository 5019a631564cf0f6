'use client';

import { useState, type SubmitEvent } from 'react';
import { fromExample, imageRef, searchAddress, type SearchState } from '../../lib/search-state';
import { pushAddress } from '../../lib/url-state';
import { Button } from '../elements/button';

/** Searches from the image with the typed id. */
export function QueryById({ state }: { state: SearchState }) {
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('image');
    const id = typeof typed === 'string' ? typed.trim() : '';
    if (!/^[1-9]\d*$/.test(id)) {
      setProblem('An image id is a whole number from 1.');
      return;
    }
    setProblem(null);
    pushAddress(searchAddress(fromExample(state, imageRef(id))));
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-center gap-1.5">
      <label className="flex items-center gap-2 text-sm">
        Image id
        <input
          name="image"
          inputMode="numeric"
          autoComplete="off"
          aria-invalid={problem !== null}
          aria-describedby={problem ? 'image-id-problem' : undefined}
          className="field w-22"
        />
      </label>
      <Button type="submit">Search</Button>
      {problem && (
        <p id="image-id-problem" role="alert" className="field-problem">
          {problem}
        </p>
      )}
    </form>
  );
}
