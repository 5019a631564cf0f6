import type { Images } from '../ports/images.js';

/** The label of every image of a dataset that bears one, by its id. */
export async function labelsOfImages(
  images: Pick<Images, 'idsByLabel'>,
  datasetId: number,
): Promise<Map<number, string>> {
  const labels = new Map<number, string>();
  for (const [label, ids] of await images.idsByLabel(datasetId)) {
    if (label !== null) for (const id of ids) labels.set(id, label);
  }
  return labels;
}
