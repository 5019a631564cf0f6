'use client';

import { useMutation } from 'urql';
import { graphql } from '../../lib/graphql';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { useOverview } from '../shell/overview';

const RollBackDocument = graphql(`
  mutation RollBackModel($datasetId: ID!) {
    rollBackModel(datasetId: $datasetId) {
      id
      active
    }
  }
`);

/** Goes back to the model that was active before; once more goes further back. */
export function RollBackButton({
  datasetId,
  earlierId,
  onActivated,
}: {
  datasetId: string;
  /** Id of the model that was active before. */
  earlierId: string;
  onActivated: (modelId: string) => void;
}) {
  const { refresh } = useOverview();
  const [{ fetching, error }, rollBack] = useMutation(RollBackDocument);
  const run = async () => {
    const { data } = await rollBack({ datasetId });
    refresh();
    if (data) onActivated(data.rollBackModel.id);
  };
  return (
    <>
      <Button
        disabled={fetching}
        title="Activates the model that was active before"
        onClick={() => void run()}
      >
        {fetching ? 'Rolling back …' : `Roll back to model ${earlierId}`}
      </Button>
      {error && <ErrorNote error={error} />}
    </>
  );
}
