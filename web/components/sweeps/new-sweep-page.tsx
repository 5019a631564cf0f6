'use client';

import { useState } from 'react';
import { useQuery } from 'urql';
import { ImportProgress } from '../dataset/import-progress';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { PageHeader } from '../elements/page-header';
import { ArchitectureChoice } from '../runs/architecture-choice';
import { LaunchArchitecturesDocument } from '../runs/launch-documents';
import { WithDataset } from '../shell/with-dataset';
import { SweepForm } from './sweep-form';

/** Choose an architecture, say which of its dials differ, and for how long to try. */
export function NewSweepPage() {
  const [{ data, error }, ask] = useQuery({ query: LaunchArchitecturesDocument });
  const [chosen, setChosen] = useState<string | null>(null);
  const architecture =
    data?.architectures.find(({ name }) => name === chosen) ?? data?.architectures[0];
  return (
    <>
      <PageHeader title="New sweep">
        Tries settings one after another and ranks them by images that are held out of the training.
        Those that lag behind the others are stopped early, and no model becomes active by itself.
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
              <SweepForm
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
