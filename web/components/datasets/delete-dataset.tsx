'use client';

import { useId, useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../lib/graphql';
import { formatNumberOf } from '../../lib/format';
import { Button } from '../elements/button';
import { ConfirmDialog } from '../elements/confirm-dialog';
import { ErrorNote } from '../elements/error-note';
import { useOverview, type OverviewDataset } from '../shell/overview';

const DeleteDatasetDocument = graphql(`
  mutation DeleteDataset($id: ID!) {
    deleteDataset(id: $id)
  }
`);

/** Deletes a dataset, once its name has been typed. */
export function DeleteDataset({
  dataset,
  look,
  onDeleted,
}: {
  dataset: OverviewDataset;
  look: 'button' | 'link';
  onDeleted?: () => void;
}) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      {look === 'button' ? (
        <Button look="danger" onClick={() => setAsking(true)}>
          Delete …
        </Button>
      ) : (
        <button
          type="button"
          aria-label={`Delete ${dataset.title}`}
          className="text-danger underline decoration-1 underline-offset-2 hover:decoration-2"
          onClick={() => setAsking(true)}
        >
          Delete …
        </button>
      )}
      {asking && (
        <DeleteDialog
          dataset={dataset}
          onClose={() => setAsking(false)}
          onDeleted={() => {
            setAsking(false);
            onDeleted?.();
          }}
        />
      )}
    </>
  );
}

function DeleteDialog({
  dataset,
  onClose,
  onDeleted,
}: {
  dataset: OverviewDataset;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [{ fetching, error }, deleteDataset] = useMutation(DeleteDatasetDocument);
  const { refresh } = useOverview();
  const confirm = async () => {
    const { error: refused } = await deleteDataset(
      { id: dataset.id },
      { additionalTypenames: ['Dataset'] },
    );
    if (refused) return;
    refresh();
    onDeleted();
  };
  return (
    <ConfirmDialog
      title={`Delete ${dataset.title}?`}
      action="Delete the dataset"
      busy={fetching}
      ready={typed.trim() === dataset.name}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        {formatNumberOf(dataset.importedCount, 'image')} with their labels,{' '}
        {formatNumberOf(dataset.trainingRuns.length, 'training run')} and every model of it are
        deleted for good. Export it first if you may want it back.
      </p>
      <label htmlFor={id}>
        Type <code className="font-semibold">{dataset.name}</code> to delete it
      </label>
      <input
        id={id}
        className="field"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {error && <ErrorNote error={error} />}
    </ConfirmDialog>
  );
}
