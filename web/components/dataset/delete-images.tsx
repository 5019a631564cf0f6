'use client';

import { useState } from 'react';
import { useMutation, type CombinedError } from 'urql';
import { graphql } from '../../gql';
import { formatNumberOf } from '../../lib/format';
import { ConfirmDialog } from '../elements/confirm-dialog';
import { ErrorNote } from '../elements/error-note';
import { useOverview } from '../shell/overview';

const DeleteImagesDocument = graphql(`
  mutation DeleteImages($ids: [ID!]!) {
    deleteImages(ids: $ids)
  }
`);

const AT_ONCE = 1000;
/** Whatever is shown of these is asked for anew: the answer holds ids only. */
const TOUCHED = { additionalTypenames: ['Dataset', 'Image', 'ImageConnection', 'LabelCount'] };

/** Asks, and deletes images of a dataset. */
export function DeleteImages({
  ids,
  onClose,
  onDeleted,
}: {
  ids: readonly string[];
  onClose: () => void;
  onDeleted: () => void;
}) {
  const [, deleteImages] = useMutation(DeleteImagesDocument);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CombinedError | null>(null);
  const { refresh } = useOverview();
  const what = formatNumberOf(ids.length, 'image');
  const confirm = async () => {
    setBusy(true);
    setError(null);
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      const answer = await deleteImages({ ids: ids.slice(start, start + AT_ONCE) }, TOUCHED);
      if (!answer.error) continue;
      setBusy(false);
      setError(answer.error);
      return;
    }
    refresh();
    onDeleted();
  };
  return (
    <ConfirmDialog
      title={`Delete ${what}?`}
      action={`Delete ${what}`}
      busy={busy}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        The original {ids.length === 1 ? 'picture is' : 'pictures are'} deleted for good, and no
        search finds {ids.length === 1 ? 'it' : 'them'} any more.
      </p>
      {error && <ErrorNote error={error} />}
    </ConfirmDialog>
  );
}
