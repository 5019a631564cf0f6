import { createHash } from 'node:crypto';
import { SPLITS } from '../../server/domain/dataset.js';
import { ask } from '../integration/graphql-request.js';
import type { RunningServer } from '../integration/running-server.js';
import type { Dice } from './dice.js';
import type { Ledger, LedgerImage, Words } from './ledger.js';
import { noisyPicture, wavyPicture } from './pictures.js';

const LABELS = ['red', 'green', 'blue', 'grey'];
const KINDS = 8;
const FULL_HEADERS = { 'apollo-require-preflight': 'true' };

export interface SentImage extends Words {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface AddedImage {
  readonly name: string;
  readonly outcome: 'ADDED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';
  readonly image: { readonly id: string } | null;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Sends pictures to a dataset. @returns what was answered; throws where nothing was */
export async function addImages(
  server: RunningServer,
  datasetId: string,
  files: readonly SentImage[],
): Promise<AddedImage[]> {
  const query = `mutation ($datasetId: ID!, $images: [NewImageInput!]!) {
    addImages(datasetId: $datasetId, images: $images) {
      name outcome image { id } refusal { code message } } }`;
  const images = files.map(({ name, label, split, metadata }) => ({
    ...{ name, label, split, file: null },
    metadata: metadata.map(([key, value]) => ({ key, value })),
  }));
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { datasetId, images } }));
  const paths = files.map((_, at) => [String(at), [`variables.images.${at}.file`]]);
  form.set('map', JSON.stringify(Object.fromEntries(paths)));
  files.forEach(({ bytes }, at) => form.set(String(at), new Blob([new Uint8Array(bytes)]), 'x'));
  const request = { method: 'POST', body: form, headers: FULL_HEADERS };
  const response = await server.fetch('/graphql', request);
  const answer = (await response.json()) as {
    data?: { addImages: AddedImage[] } | null;
    errors?: unknown;
  };
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  return answer.data.addImages;
}

/**
 * A client that writes down what it was told. Each of its methods throws where it was told nothing:
 * what it asked for is in doubt then.
 */
export class LedgerClient {
  constructor(
    private readonly server: RunningServer,
    private readonly ledger: Ledger,
    private readonly dice: Dice,
  ) {}

  async upload(count: number): Promise<void> {
    const files: SentImage[] = [];
    for (let at = 0; at < count; at += 1) files.push(await this.newPicture());
    this.ledger.planned(
      files.map(({ name, bytes, ...words }) => ({ name, sha256: sha256(bytes), words })),
    );
    for (const { name, outcome, image, refusal } of await addImages(
      this.server,
      this.ledger.datasetId,
      files,
    )) {
      if (outcome === 'ADDED' && image) this.ledger.added(name, image.id);
      else if (refusal?.code === 'UPLOAD_CRASHED_DECODER') this.ledger.refused(name);
      else throw new Error(`${name}: ${outcome} ${JSON.stringify(refusal)}`);
    }
  }

  async delete(count: number): Promise<void> {
    await this.about(count, async (images) => {
      const ids = images.map(({ id }) => id);
      for (const id of ids) this.ledger.doubtfulDeletions.add(id);
      const { deleteImages } = await ask<{ deleteImages: string[] }>(
        this.server,
        'mutation ($ids: [ID!]!) { deleteImages(ids: $ids) }',
        { ids },
      );
      if ([...deleteImages].sort().join() !== [...ids].sort().join()) {
        throw new Error(`Asked to delete ${ids.join()}, and told ${deleteImages.join()}.`);
      }
      for (const id of ids) this.ledger.gone(id);
    });
  }

  /** Gives several images other labels, all or none. */
  async relabel(count: number): Promise<void> {
    await this.about(count, async (images) => {
      const after = new Map(
        images.map(({ id, words }) => [id, { ...words, label: this.dice.pick(LABELS) }] as const),
      );
      const acknowledged = this.ledger.changing(after);
      const labels = [...after].map(([imageId, { label }]) => ({ imageId, label }));
      await ask(
        this.server,
        'mutation ($labels: [ImageLabelInput!]!) { acceptLabels(labels: $labels) { changedCount } }',
        { labels },
      );
      acknowledged();
    });
  }

  /** Says something else of one image, its split too. */
  async describe(): Promise<void> {
    await this.about(1, async ([image]) => {
      if (!image) return;
      const words = this.newWords();
      const acknowledged = this.ledger.changing(new Map([[image.id, words]]));
      const metadata = words.metadata.map(([key, value]) => ({ key, value }));
      await ask(
        this.server,
        `mutation ($id: ID!, $description: ImageDescriptionInput!) {
          describeImage(id: $id, description: $description) { id } }`,
        { id: image.id, description: { label: words.label, split: words.split, metadata } },
      );
      acknowledged();
    });
  }

  /** Keeps the other requests off the images that one is about. */
  private async about(
    count: number,
    work: (images: readonly LedgerImage[]) => Promise<void>,
  ): Promise<void> {
    const free = this.ledger.settled;
    const chosen = new Set<LedgerImage>();
    for (let at = 0; at < count && free.length > 0; at += 1) chosen.add(this.dice.pick(free));
    if (chosen.size === 0) return;
    for (const { id } of chosen) this.ledger.busy.add(id);
    try {
      await work([...chosen]);
    } finally {
      for (const { id } of chosen) this.ledger.busy.delete(id);
    }
  }

  private async newPicture(): Promise<SentImage> {
    const bytes = this.dice.chance(0.15)
      ? await noisyPicture(this.dice)
      : await wavyPicture(this.dice, this.dice.whole(KINDS));
    return { name: this.ledger.nextName(), bytes, ...this.newWords() };
  }

  private newWords(): Words {
    return {
      label: this.dice.pick(LABELS),
      split: this.dice.chance(0.8) ? SPLITS[0] : SPLITS[1],
      metadata: this.dice.chance(0.5) ? [['drawn', String(this.dice.whole(1e9))]] : [],
    };
  }
}
