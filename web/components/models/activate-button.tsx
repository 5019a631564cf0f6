'use client';

import { useState } from 'react';
import { useMutation } from 'urql';
import { hasCode } from '../../lib/api-error';
import { graphql } from '../../lib/graphql';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { useOverview } from '../shell/overview';
import { WorseModelDialog } from './worse-model-dialog';

const ActivateDocument = graphql(`
  mutation ActivateModel($id: ID!, $force: Boolean!) {
    activateModel(id: $id, force: $force) {
      id
      active
    }
  }
`);

/** Lets a model answer the searches; asks first where it is worse than the active one. */
export function ActivateButton({
  modelId,
  look,
  onActivated,
}: {
  modelId: string;
  look: 'primary' | 'plain';
  onActivated: () => void;
}) {
  const { refresh } = useOverview();
  const [{ fetching, error }, activate] = useMutation(ActivateDocument);
  /** What the server says of a model that is worse. */
  const [refusal, setRefusal] = useState<string | null>(null);
  const run = async (force: boolean) => {
    const outcome = await activate({ id: modelId, force });
    const isWorse = !force && hasCode(outcome.error, 'MODEL_WORSE');
    setRefusal(isWorse ? (outcome.error?.graphQLErrors[0]?.message ?? '') : null);
    refresh();
    if (outcome.data) onActivated();
  };
  return (
    <>
      <Button
        look={look}
        disabled={fetching}
        aria-label={`Activate model ${modelId}`}
        onClick={() => void run(false)}
      >
        {fetching ? 'Activating …' : 'Activate'}
      </Button>
      {error && !hasCode(error, 'MODEL_WORSE') && <ErrorNote error={error} />}
      {refusal !== null && (
        <WorseModelDialog
          modelId={modelId}
          refusal={refusal}
          busy={fetching}
          onConfirm={() => void run(true)}
          onClose={() => setRefusal(null)}
        />
      )}
    </>
  );
}
