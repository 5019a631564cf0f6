'use client';

import { Fragment, useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { ImportProgress } from '../dataset/import-progress';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import type { OverviewDataset } from '../shell/overview';
import { WithDataset } from '../shell/with-dataset';
import { ArchitectureChoice, type LaunchedArchitecture } from './architecture-choice';
import { LaunchArchitecturesDocument } from './launch-documents';

/** Lets choose an architecture to train, and shows its child for it; another choice shows a new child. */
export function WithArchitecture({
  children,
}: {
  children: (architecture: LaunchedArchitecture, dataset: OverviewDataset) => ReactNode;
}) {
  const [{ data, error }, ask] = useQuery({ query: LaunchArchitecturesDocument });
  const [chosen, setChosen] = useState<string | null>(null);
  const architecture =
    data?.architectures.find(({ name }) => name === chosen) ?? data?.architectures[0];
  return (
    <>
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
              <Fragment key={`${architecture.name} ${dataset.id}`}>
                {children(architecture, dataset)}
              </Fragment>
            </div>
          ) : (
            !error && <Loading what="the architectures" className="min-h-96" />
          )
        }
      </WithDataset>
    </>
  );
}
