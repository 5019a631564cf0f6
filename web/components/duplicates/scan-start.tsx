'use client';

import { useState, type SubmitEvent } from 'react';
import { useMutation } from 'urql';
import { distanceOf, DISTANCE_MAX, distanceProblem } from '../../lib/duplicate-distance';
import { formatDateTime } from '../../lib/format';
import { Button } from '../elements/button';
import { ErrorNote, ProblemNote } from '../elements/error-note';
import { Section } from '../elements/section';
import { FindDuplicatesDocument, type Scan } from './scan-documents';

/** How far apart near duplicates may be, and the start of a look for them. */
export function ScanStart({
  datasetId,
  scan,
  hasModel,
  onStarted,
}: {
  datasetId: string;
  scan: Scan | null;
  hasModel: boolean;
  onStarted: () => void;
}) {
  const [text, setText] = useState('');
  const [{ fetching, error }, find] = useMutation(FindDuplicatesDocument);
  const problem = distanceProblem(text);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (problem) return;
    const { data } = await find({ datasetId, maxDistance: distanceOf(text) });
    if (data) onStarted();
  };
  return (
    <Section title="Look for duplicates" hint={scan ? lastWords(scan) : undefined}>
      <form
        noValidate
        aria-label="Look for duplicates"
        onSubmit={(event) => void submit(event)}
        className="flex flex-wrap items-end gap-x-4 gap-y-3 text-sm"
      >
        {hasModel && (
          <>
            <label className="min-w-40 flex-1 sm:max-w-72">
              <span className="mb-1 block text-muted">Alike up to a cosine distance of</span>
              <input
                type="range"
                min={0}
                max={DISTANCE_MAX}
                step={0.001}
                value={distanceOf(text) ?? scan?.maxDistance ?? 0.02}
                aria-valuetext={text === '' ? 'as the model proposes' : text}
                onChange={({ target }) => setText(target.value)}
                className="h-9 w-full accent-accent"
              />
            </label>
            <label>
              <span className="sr-only">Largest distance as a number</span>
              <input
                type="number"
                min={0}
                max={DISTANCE_MAX}
                step={0.001}
                value={text}
                placeholder="proposed"
                aria-invalid={problem !== null}
                aria-describedby={problem ? 'distance-problem' : 'distance-hint'}
                onChange={({ target }) => setText(target.value)}
                className="field w-28"
              />
            </label>
            {text !== '' && (
              <Button look="quiet" onClick={() => setText('')}>
                As proposed
              </Button>
            )}
          </>
        )}
        <Button type="submit" look="primary" disabled={fetching || problem !== null}>
          {fetching ? 'Starting …' : scan ? 'Look again' : 'Look for duplicates'}
        </Button>
      </form>
      {problem ? (
        <p id="distance-problem" role="alert" className="mt-2 text-sm text-danger">
          {problem}
        </p>
      ) : (
        <p id="distance-hint" className="mt-2 text-xs text-muted">
          {hasModel
            ? 'Left empty, the distance is proposed from the model: nearer than almost all random pairs. A smaller one finds fewer and surer duplicates.'
            : 'There is no model yet: only pictures with exactly the same bytes are found.'}
        </p>
      )}
      {scan?.status === 'FAILED' && (
        <div className="mt-3">
          <ProblemNote code="SCAN_FAILED" message={scan.failure ?? 'The last look broke off.'} />
        </div>
      )}
      {error && (
        <div className="mt-3">
          <ErrorNote error={error} />
        </div>
      )}
    </Section>
  );
}

function lastWords(scan: Scan): string {
  const when = formatDateTime(scan.finishedAt ?? scan.startedAt);
  const how = scan.status === 'CANCELLED' ? 'It was stopped before its end' : 'The last look ended';
  const near = scan.maxDistance;
  const under = scan.model ? ` under model ${scan.model.id}` : '';
  return `${how} on ${when}. ${
    near === null
      ? 'It looked for exact duplicates only.'
      : `It took a cosine distance up to ${Number(near.toPrecision(3))}${under} for alike.`
  }`;
}
