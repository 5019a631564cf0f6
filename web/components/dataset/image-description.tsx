'use client';

import { useState, type SubmitEvent } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../lib/graphql';
import type { Split } from '../../gql/graphql';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Section } from '../elements/section';
import type { DetailedImage } from './image-facts';

const DescribeImageDocument = graphql(`
  mutation DescribeImage($id: ID!, $description: ImageDescriptionInput!) {
    describeImage(id: $id, description: $description) {
      id
      label
      split
      metadata {
        key
        value
      }
    }
  }
`);

interface Entry {
  readonly key: string;
  readonly value: string;
}

interface Draft {
  readonly label: string;
  readonly split: Split;
  readonly metadata: readonly Entry[];
}

/** Label, split and metadata of an image, to be changed. */
export function ImageDescription({ image }: { image: DetailedImage }) {
  // What was changed and not saved; null follows the image.
  const [draft, setDraft] = useState<Draft | null>(null);
  const [{ fetching, error }, describe] = useMutation(DescribeImageDocument);
  const present = { label: image.label ?? '', split: image.split, metadata: image.metadata };
  const { label, split, metadata } = draft ?? present;
  const change = (changes: Partial<Draft>) => setDraft({ label, split, metadata, ...changes });
  const changeEntry = (place: number, entry: Entry) =>
    change({ metadata: metadata.map((known, at) => (at === place ? entry : known)) });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const description = {
      label: label.trim() || null,
      split,
      metadata: metadata
        .filter(({ key }) => key.trim() !== '')
        .map(({ key, value }) => ({ key: key.trim(), value })),
    };
    const { data } = await describe({ id: image.id, description });
    if (data) setDraft(null);
  };
  return (
    <div className="min-w-0 flex-1 basis-80">
      <Section title="Describe it">
        <form
          noValidate
          onSubmit={(event) => void submit(event)}
          className="flex flex-col gap-3 text-sm"
        >
          <div className="flex flex-wrap gap-3">
            <label className="flex min-w-40 flex-1 flex-col gap-1">
              <span className="text-xs text-muted">Label</span>
              <input
                className="field"
                value={label}
                maxLength={200}
                placeholder="None"
                onChange={({ target }) => change({ label: target.value })}
              />
            </label>
            <label className="flex flex-col gap-1">
              <span className="text-xs text-muted">Split</span>
              <select
                className="field"
                value={split}
                onChange={({ target }) =>
                  change({ split: target.value === 'TEST' ? 'TEST' : 'TRAIN' })
                }
              >
                <option value="TRAIN">Train</option>
                <option value="TEST">Test</option>
              </select>
            </label>
          </div>
          <fieldset className="flex min-w-0 flex-col gap-2">
            <legend className="mb-1 text-xs text-muted">Metadata</legend>
            {metadata.map((entry, place) => (
              <EntryFields
                key={place}
                number={place + 1}
                entry={entry}
                onChange={(changed) => changeEntry(place, changed)}
                onRemove={() => change({ metadata: metadata.filter((_, at) => at !== place) })}
              />
            ))}
            <div>
              <Button
                disabled={metadata.length >= 100}
                onClick={() => change({ metadata: [...metadata, { key: '', value: '' }] })}
              >
                Add an entry
              </Button>
            </div>
          </fieldset>
          {split !== image.split && (
            <p role="status" className="text-xs text-muted">
              The present model has learned from the TRAIN images there were; a change of the split
              counts from the next training on.
            </p>
          )}
          {error && <ErrorNote error={error} />}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary" disabled={!draft || fetching}>
              {fetching ? 'Saving …' : 'Save'}
            </Button>
            {draft && <Button onClick={() => setDraft(null)}>Undo the changes</Button>}
          </div>
        </form>
      </Section>
    </div>
  );
}

function EntryFields({
  number,
  entry,
  onChange,
  onRemove,
}: {
  number: number;
  entry: Entry;
  onChange: (entry: Entry) => void;
  onRemove: () => void;
}) {
  return (
    <div className="flex gap-2">
      <input
        className="field w-28 min-w-0"
        aria-label={`Key of entry ${number}`}
        placeholder="Key"
        maxLength={64}
        value={entry.key}
        onChange={({ target }) => onChange({ ...entry, key: target.value })}
      />
      <input
        className="field min-w-0 flex-1"
        aria-label={`Value of entry ${number}`}
        placeholder="Value"
        maxLength={1000}
        value={entry.value}
        onChange={({ target }) => onChange({ ...entry, value: target.value })}
      />
      <Button look="quiet" aria-label={`Remove entry ${number}`} onClick={onRemove}>
        <span aria-hidden>✕</span>
      </Button>
    </div>
  );
}
