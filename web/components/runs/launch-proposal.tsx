'use client';

import { useQuery } from 'urql';
import type { LaunchArchitecturesQuery } from '../../gql/graphql';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { LaunchProposalDocument } from './launch-documents';
import { LaunchForm } from './launch-form';

/** The dials of an architecture as they are proposed for a dataset; its defaults where nothing is. */
export function LaunchProposal({
  architecture,
  dataset,
}: {
  architecture: LaunchArchitecturesQuery['architectures'][number];
  dataset: { id: string; title: string };
}) {
  const [{ data, error, fetching }, ask] = useQuery({
    query: LaunchProposalDocument,
    variables: { datasetId: dataset.id, architecture: architecture.name },
    requestPolicy: 'network-only',
  });
  if (fetching && !error) return <Loading what="what your pictures propose" className="min-h-96" />;
  return (
    <>
      {error && <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      <LaunchForm
        architecture={architecture}
        dataset={dataset}
        proposal={data?.dataset.trainingProposal ?? null}
        sample={data?.dataset.sample ?? []}
      />
    </>
  );
}
