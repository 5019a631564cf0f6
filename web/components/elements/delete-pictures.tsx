'use client';

import { useState, type ReactNode } from 'react';
import { formatNumberOf } from '../../lib/format';
import { useDeletePictures } from '../../lib/use-delete-pictures';
import { Button } from './button';
import { ConfirmDialog } from './confirm-dialog';
import { ErrorNote } from './error-note';

/** A button that deletes pictures once it is confirmed, with how many go. */
export function DeletePictures({
  ids,
  what,
  onDeleted,
  children,
}: {
  ids: readonly string[];
  /** Which pictures they are, after their number: `of this group`. */
  what: string;
  onDeleted: (ids: readonly string[]) => void;
  /** What the button says. */
  children: ReactNode;
}) {
  const { remove, busy, error } = useDeletePictures();
  const [asking, setAsking] = useState(false);
  const pictures = formatNumberOf(ids.length, 'picture');
  const confirm = async () => {
    const gone = await remove(ids);
    setAsking(false);
    if (gone.length > 0) onDeleted(gone);
  };
  return (
    <>
      <Button look="danger" disabled={ids.length === 0 || busy} onClick={() => setAsking(true)}>
        {children}
      </Button>
      {error && <ErrorNote error={error} />}
      {asking && (
        <ConfirmDialog
          title={`Delete ${pictures}?`}
          action={`Delete ${pictures}`}
          busy={busy}
          onConfirm={() => void confirm()}
          onClose={() => setAsking(false)}
        >
          <p>
            {pictures} {what} {ids.length === 1 ? 'goes' : 'go'} for good, with{' '}
            {ids.length === 1 ? 'its file' : 'their files'} and what is said of{' '}
            {ids.length === 1 ? 'it' : 'them'}. No search finds {ids.length === 1 ? 'it' : 'them'}{' '}
            any more.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
