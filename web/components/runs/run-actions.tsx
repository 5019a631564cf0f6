'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../lib/graphql';
import { hasCode } from '../../lib/api-error';
import { CancelTrainingDocument, ResumeTrainingDocument, type Run } from '../../lib/run-documents';
import { hasEnded } from '../../lib/run-words';
import { Button, ButtonLink } from '../elements/button';
import { ConfirmDialog } from '../elements/confirm-dialog';
import { ErrorNote } from '../elements/error-note';
import { useOverview } from '../shell/overview';

const DeleteDocument = graphql(`
  mutation DeleteTrainingRun($runId: ID!) {
    deleteTrainingRun(runId: $runId)
  }
`);

/** Cancel, resume and delete; or on to what the run left. */
export function RunActions({
  run,
  gone,
  onChange,
}: {
  run: Run;
  /** Whether it was deleted meanwhile. */
  gone: boolean;
  onChange: (run: Run) => void;
}) {
  const router = useRouter();
  const { refresh } = useOverview();
  const [cancelling, cancel] = useMutation(CancelTrainingDocument);
  const [resuming, resume] = useMutation(ResumeTrainingDocument);
  const [deleting, remove] = useMutation(DeleteDocument);
  const [asking, setAsking] = useState(false);
  const runId = run.id;
  const error = cancelling.error ?? resuming.error ?? deleting.error;

  const onCancel = async () => {
    const { data } = await cancel({ runId });
    if (data) onChange(data.cancelTraining);
    refresh();
  };
  const onResume = async () => {
    const { data } = await resume({ runId });
    if (data) onChange(data.resumeTraining);
    refresh();
  };
  const onDelete = async () => {
    const { data } = await remove({ runId });
    setAsking(false);
    refresh();
    if (data) router.push('/runs');
  };
  if (gone || hasCode(error, 'TRAINING_RUN_NOT_FOUND')) {
    return (
      <>
        <ButtonLink href="/runs">All training runs</ButtonLink>
        {error && <ErrorNote error={error} />}
      </>
    );
  }
  return (
    <>
      {run.model && (
        <>
          <ButtonLink href={`/models/${run.model.id}`}>See model {run.model.id}</ButtonLink>
          <ButtonLink
            look="primary"
            // A worse one than the active model was left without being activated.
            href={run.model.active ? '/search' : `/search?model=${run.model.id}`}
          >
            Search with it
          </ButtonLink>
        </>
      )}
      {run.cancellable && (
        <Button
          disabled={cancelling.fetching || run.cancelRequested}
          onClick={() => void onCancel()}
        >
          {run.cancelRequested ? 'Cancelling …' : 'Cancel'}
        </Button>
      )}
      {run.resumable && (
        <Button look="primary" disabled={resuming.fetching} onClick={() => void onResume()}>
          Resume
        </Button>
      )}
      {hasEnded(run.status) && !run.model && (
        <Button look="danger" onClick={() => setAsking(true)}>
          Delete
        </Button>
      )}
      {error && <ErrorNote error={error} />}
      {asking && (
        <ConfirmDialog
          title={`Delete run ${runId}?`}
          action="Delete the run"
          busy={deleting.fetching}
          onConfirm={() => void onDelete()}
          onClose={() => setAsking(false)}
        >
          <p>
            Its {run.epochsDone} epochs, its checkpoint, its log and its reconstructions are lost
            for good. It cannot be resumed afterwards.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
