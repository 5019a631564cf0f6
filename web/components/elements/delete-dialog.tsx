'use client';

import { useState } from 'react';
import type { CombinedError } from 'urql';
import { formatNumberOf } from '../../lib/format';
import { useDeletePictures } from '../../lib/use-delete-pictures';
import { ConfirmDialog } from './confirm-dialog';
import { ErrorNote } from './error-note';

/** Asks, and deletes pictures. Stays open where something went wrong, and says what. */
export function DeleteDialog({
  ids,
  what,
  onClose,
  onDeleted,
}: {
  ids: readonly string[];
  /** Which pictures they are, after their number: `of this group`. */
  what?: string;
  onClose: () => void;
  /** Hears which are gone, once all of them are. */
  onDeleted: (ids: readonly string[]) => void;
}) {
  const { remove, busy } = useDeletePictures();
  const [error, setError] = useState<CombinedError | null>(null);
  const pictures = formatNumberOf(ids.length, 'picture');
  const one = ids.length === 1;
  const confirm = async () => {
    setError(null);
    const deletion = await remove(ids);
    if (deletion.error) setError(deletion.error);
    else onDeleted(deletion.gone);
  };
  return (
    <ConfirmDialog
      title={`Delete ${pictures}?`}
      action={`Delete ${pictures}`}
      busy={busy}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        {pictures}
        {what && ` ${what}`} {one ? 'goes' : 'go'} for good, with {one ? 'its file' : 'their files'}{' '}
        and what is said of {one ? 'it' : 'them'}. No search finds {one ? 'it' : 'them'} any more.
      </p>
      {error && <ErrorNote error={error} />}
    </ConfirmDialog>
  );
}
