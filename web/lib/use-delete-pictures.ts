import { useState } from 'react';
import { useMutation, type CombinedError } from 'urql';
import { graphql } from './graphql';

const DeletePicturesDocument = graphql(`
  mutation DeletePictures($ids: [ID!]!) {
    deleteImages(ids: $ids)
  }
`);

/** How many images one request may delete. */
const MOST = 1000;
/** Whatever is shown of these is asked for anew: the answer holds ids only. */
const TOUCHED = { additionalTypenames: ['Dataset', 'Image', 'ImageConnection', 'LabelCount'] };

interface DeletePictures {
  /** Answers with the ids of those that are gone, and with what kept the others. */
  readonly remove: (ids: readonly string[]) => Promise<Deletion>;
  readonly busy: boolean;
}

interface Deletion {
  readonly gone: readonly string[];
  readonly error: CombinedError | null;
}

/** Deletes images, however many; everything that shows images is asked for anew. */
export function useDeletePictures(): DeletePictures {
  const [, send] = useMutation(DeletePicturesDocument);
  const [busy, setBusy] = useState(false);
  const remove = async (ids: readonly string[]): Promise<Deletion> => {
    setBusy(true);
    const gone: string[] = [];
    for (let start = 0; start < ids.length; start += MOST) {
      const { data, error } = await send({ ids: ids.slice(start, start + MOST) }, TOUCHED);
      if (error) {
        setBusy(false);
        return { gone, error };
      }
      gone.push(...(data?.deleteImages ?? []));
    }
    setBusy(false);
    return { gone, error: null };
  };
  return { remove, busy };
}
