'use client';

import { useQuery } from 'urql';
import { useInterval } from '../../lib/use-interval';
import { EmptyState } from '../elements/empty-state';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { PageHeader } from '../elements/page-header';
import type { OverviewDataset } from '../shell/overview';
import { WithDataset } from '../shell/with-dataset';
import { DuplicateGroups } from './duplicate-groups';
import { DuplicateScanDocument } from './scan-documents';
import { ScanProgress } from './scan-progress';
import { ScanStart } from './scan-start';

const REFRESH_MS = 500;

/** Pictures that are there more than once, or nearly so, and the way to be rid of them. */
export function DuplicatesPage() {
  return (
    <>
      <PageHeader title="Duplicates">
        Pictures with the same bytes, and pictures that the active model can hardly tell apart.
      </PageHeader>
      <WithDataset>{(dataset) => <Duplicates key={dataset.id} dataset={dataset} />}</WithDataset>
    </>
  );
}

function Duplicates({ dataset }: { dataset: OverviewDataset }) {
  const [{ data, error }, ask] = useQuery({
    query: DuplicateScanDocument,
    variables: { datasetId: dataset.id },
    requestPolicy: 'network-only',
  });
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const scan = data?.dataset.duplicateScan;
  const running = scan?.status === 'RUNNING';
  useInterval(refresh, running ? REFRESH_MS : null);

  if (error && !data) return <ErrorNote error={error} onRetry={refresh} />;
  if (!data) return <Loading what="the duplicates" className="min-h-80" />;
  return (
    <div className="flex flex-col gap-5">
      {running ? (
        <ScanProgress datasetId={dataset.id} scan={scan} onChange={refresh} />
      ) : (
        <ScanStart
          datasetId={dataset.id}
          scan={scan ?? null}
          hasModel={data.dataset.activeModel !== null}
          onStarted={refresh}
        />
      )}
      {error && <ErrorNote error={error} onRetry={refresh} />}
      {!scan && (
        <EmptyState title="Nobody has looked yet">
          <p>
            {data.dataset.activeModel
              ? 'A look through the whole dataset takes seconds to minutes; nothing is deleted by it.'
              : 'Without a model, only pictures with exactly the same bytes are found. Train one to find near duplicates, too.'}
          </p>
        </EmptyState>
      )}
      {scan && !running && (
        <DuplicateGroups key={scan.startedAt} datasetId={dataset.id} scan={scan} />
      )}
    </div>
  );
}
