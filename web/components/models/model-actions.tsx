'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../lib/graphql';
import { formatCount } from '../../lib/format';
import { Button, ButtonLink } from '../elements/button';
import { ConfirmDialog } from '../elements/confirm-dialog';
import { ErrorNote } from '../elements/error-note';
import { useOverview } from '../shell/overview';
import { ActivateButton } from './activate-button';
import type { ShownModel } from './model-page';

const DeleteModelDocument = graphql(`
  mutation DeleteModel($id: ID!) {
    deleteModel(id: $id)
  }
`);

/** Search with it, let it answer all searches, compare it, delete it. */
export function ModelActions({ model }: { model: ShownModel }) {
  const router = useRouter();
  const { refresh } = useOverview();
  const [deleting, remove] = useMutation(DeleteModelDocument);
  const [asking, setAsking] = useState(false);
  const [activated, setActivated] = useState(false);
  const search = useRef<HTMLAnchorElement>(null);
  const embeddings = model.indexes.reduce((sum, { size }) => sum + size, 0);

  const onActivated = () => {
    setActivated(true);
    // The button that had the focus is gone.
    search.current?.focus();
  };
  const onDelete = async () => {
    const { data } = await remove({ id: model.id });
    setAsking(false);
    refresh();
    if (data) router.push('/models');
  };
  return (
    <>
      <ButtonLink
        ref={search}
        look={model.active ? 'primary' : 'plain'}
        href={model.active ? '/search' : `/search?model=${model.id}`}
      >
        Search with it
      </ButtonLink>
      {!model.active && (
        <ActivateButton modelId={model.id} look="primary" onActivated={onActivated} />
      )}
      <ButtonLink href={`/models/compare?a=${model.id}&dataset=${model.dataset.id}`}>
        Compare with …
      </ButtonLink>
      <ButtonLink href={`/map?model=${model.id}&dataset=${model.dataset.id}`}>Map</ButtonLink>
      <Button
        look="danger"
        disabled={model.active}
        aria-describedby={model.active ? 'why-not-deletable' : undefined}
        onClick={() => setAsking(true)}
      >
        Delete
      </Button>
      {model.active && (
        <p id="why-not-deletable" className="w-0 min-w-full text-xs text-muted sm:text-right">
          The active model cannot be deleted: searches need it. Activate another one first.
        </p>
      )}
      <p role="status" className="sr-only">
        {activated && model.active && `Model ${model.id} is active now.`}
      </p>
      {deleting.error && <ErrorNote error={deleting.error} />}
      {asking && (
        <ConfirmDialog
          title={`Delete model ${model.id}?`}
          action="Delete the model"
          busy={deleting.fetching}
          onConfirm={() => void onDelete()}
          onClose={() => setAsking(false)}
        >
          <p>
            Its weights, its {formatCount(embeddings)} embeddings and its {model.indexes.length}{' '}
            {model.indexes.length === 1 ? 'index' : 'indexes'} are lost for good. Run {model.run.id}{' '}
            stays with its losses, and the images are not touched.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
