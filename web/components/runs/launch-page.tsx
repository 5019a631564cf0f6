'use client';

import { useState } from 'react';
import { useQuery } from 'urql';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { PageHeader } from '../elements/page-header';
import { ImportProgress } from '../dataset/import-progress';
import { WithDataset } from '../shell/with-dataset';
import { ArchitectureChoice } from './architecture-choice';
import { LaunchArchitecturesDocument } from './launch-documents';
import { LaunchProposal } from './launch-proposal';

/** Choose an architecture, set its dials, start a run. */
export function LaunchPage() {
  const [{ data, error }, ask] = useQuery({ query: LaunchArchitecturesDocument });
  const [chosen, setChosen] = useState<string | null>(null);
  const architecture =
    data?.architectures.find(({ name }) => name === chosen) ?? data?.architectures[0];
  return (
    <>
      <PageHeader title="New training run">
        What is proposed is a good start: nothing has to be changed. The run starts at once, or as
        soon as the one before it has ended.
      </PageHeader>
      {error && <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      <WithDataset>
        {(dataset) =>
          data && architecture ? (
            <div className="flex max-w-4xl flex-col gap-5">
              <ImportProgress dataset={dataset} />
              <ArchitectureChoice
                architectures={data.architectures}
                chosen={architecture}
                onChoose={setChosen}
              />
              <LaunchProposal
                key={`${architecture.name} ${dataset.id}`}
                architecture={architecture}
                dataset={dataset}
              />
            </div>
          ) : (
            !error && <Loading what="the architectures" className="min-h-96" />
          )
        }
      </WithDataset>
    </>
  );
}
