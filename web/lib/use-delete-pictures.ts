import { useState } from 'react';
import { useMutation, type CombinedError } from 'urql';
import { graphql } from '../gql';

const DeletePicturesDocument = graphql(`
  mutation DeletePictures($ids: [ID!]!) {
    deleteImages(ids: $ids)
  }
`);

/** How many images one request may delete. */
const MOST = 1000;

interface DeletePictures {
  /** Answers with the ids of those that are gone; fewer than given after an error. */
  readonly remove: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly busy: boolean;
  readonly error: CombinedError | undefined;
}

/** Deletes images, however many; everything that shows images is asked for anew. */
export function useDeletePictures(): DeletePictures {
  const [{ error }, send] = useMutation(DeletePicturesDocument);
  const [busy, setBusy] = useState(false);
  const remove = async (ids: readonly string[]) => {
    setBusy(true);
    const gone: string[] = [];
    for (let start = 0; start < ids.length; start += MOST) {
      const { data } = await send(
        { ids: ids.slice(start, start + MOST) },
        { additionalTypenames: ['Image', 'ImageConnection'] },
      );
      if (!data) break;
      gone.push(...data.deleteImages);
    }
    setBusy(false);
    return gone;
  };
  return { remove, busy, error };
}
