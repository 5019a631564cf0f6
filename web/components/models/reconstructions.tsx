'use client';

import { useState, type SubmitEvent } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { randomSeed } from '../../lib/random-seed';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Section } from '../elements/section';
import { ReconstructionPairs } from './reconstruction-pairs';

const SampledIdsDocument = graphql(`
  query SampledIds($datasetId: ID!, $seed: Int!) {
    dataset(id: $datasetId) {
      id
      sample(size: 12, seed: $seed, filter: { split: TEST }) {
        id
      }
    }
  }
`);

/** Originals beside what the model makes of them: test images drawn at random, or any by their ids. */
export function Reconstructions({ modelId, datasetId }: { modelId: string; datasetId: string }) {
  const [seed, setSeed] = useState(1);
  const [typed, setTyped] = useState<readonly string[] | null>(null);
  const [{ data, error }] = useQuery({
    query: SampledIdsDocument,
    variables: { datasetId, seed },
    requestPolicy: 'cache-first',
    pause: typed !== null,
  });
  const imageIds = typed ?? data?.dataset.sample.map(({ id }) => id) ?? [];
  return (
    <Section
      title="Reconstructions"
      hint="Each original above the picture that the model draws from its embedding alone, and below them the mean squared error."
      actions={
        <>
          <IdsForm onIds={setTyped} />
          <Button
            onClick={() => {
              setTyped(null);
              setSeed(randomSeed());
            }}
          >
            Reshuffle
          </Button>
        </>
      }
    >
      {error && typed === null ? (
        <ErrorNote error={error} />
      ) : data?.dataset.sample.length === 0 && typed === null ? (
        <p className="text-sm text-muted">The dataset has no TEST images; type ids of others.</p>
      ) : (
        <ReconstructionPairs modelId={modelId} imageIds={imageIds} />
      )}
    </Section>
  );
}

const MOST_IDS = 200;

function IdsForm({ onIds }: { onIds: (ids: readonly string[]) => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('ids');
    const ids = typeof text === 'string' ? text.split(/[\s,;]+/).filter(Boolean) : [];
    const wrong = ids.find((id) => !/^[1-9]\d*$/.test(id));
    if (wrong !== undefined)
      setProblem(`“${wrong}” is not an image id: ids are whole numbers from 1.`);
    else if (ids.length === 0 || ids.length > MOST_IDS) setProblem(`Type 1 to ${MOST_IDS} ids.`);
    else {
      setProblem(null);
      onIds(ids);
    }
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-wrap items-center gap-1.5">
      <label className="flex items-center gap-2 text-sm">
        Image ids
        <input
          name="ids"
          placeholder="1, 2, 3"
          autoComplete="off"
          aria-invalid={problem !== null}
          aria-describedby={problem ? 'ids-problem' : undefined}
          className="field w-28"
        />
      </label>
      <Button type="submit">Show</Button>
      {problem && (
        <p id="ids-problem" role="alert" className="field-problem">
          {problem}
        </p>
      )}
    </form>
  );
}
