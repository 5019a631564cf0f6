'use client';

import { useState, type ReactNode } from 'react';
import { Button } from './button';
import { DeleteDialog } from './delete-dialog';

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
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="danger" disabled={ids.length === 0} onClick={() => setAsking(true)}>
        {children}
      </Button>
      {asking && (
        <DeleteDialog
          ids={ids}
          what={what}
          onClose={() => setAsking(false)}
          onDeleted={(gone) => {
            setAsking(false);
            onDeleted(gone);
          }}
        />
      )}
    </>
  );
}
