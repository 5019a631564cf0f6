import type { Refusal } from '../domain/dataset.js';
import { sameMetadata } from '../domain/image-description.js';
import type { Image, MetadataEntry } from '../domain/image.js';
import type { Model } from '../domain/model.js';
import { splitOf } from '../domain/split-assignment.js';
import type { Datasets } from '../ports/datasets.js';
import type { Images } from '../ports/images.js';
import type { BulkRuntime, ExaminedFile } from '../ports/model-runtime.js';
import type { Models } from '../ports/models.js';
import type { EmbeddingCatchUp } from './embedding-catch-up.js';
import { examineFiles } from './image-writer-examination.js';
import type { ReadFile, Reason, RefusedFile } from './image-writer-intake.js';
import type { ImageWriterRows, NewPicture } from './image-writer-rows.js';
import type { WriteQueue } from './write-queue.js';

/** What became of a file that was to be added; `refusal` is there when it was REFUSED. */
export interface AddedFile {
  readonly name: string;
  readonly outcome: 'ADDED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';
  readonly image: Image | null;
  readonly refusal: Refusal | null;
}

type Slice = readonly (ReadFile | RefusedFile)[];

/** Brings a slice of files, which are in memory, into a dataset. */
export class ImageWriterSlices {
  constructor(
    private readonly rows: ImageWriterRows,
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly models: Models,
    private readonly bulk: BulkRuntime,
    private readonly catchUp: EmbeddingCatchUp,
    private readonly writes: WriteQueue,
  ) {}

  /** What became of the files, in their order. @throws LookalikeError as `ImageWriter.add` */
  async add(datasetId: number, slice: Slice, importing: boolean): Promise<AddedFile[]> {
    const present = await this.present(datasetId, slice);
    const fresh = filesOf(slice).filter(({ name }) => !present.has(name));
    const model = await this.activeModel(datasetId);
    const examined = await examineFiles(this.bulk, model, fresh);
    return this.writes.inTurn(async () => {
      const { activeModelId } = await this.rows.writableDataset(datasetId, importing);
      const active = model?.id === activeModelId ? model : null;
      const answers = await this.write(datasetId, active, slice, examined);
      const added = answers.filter(({ outcome }) => outcome === 'ADDED');
      const embedded = added.filter(({ name }) => active && isEmbedded(examined.get(name)));
      await this.wakeForMisses(datasetId, added.length, active, embedded.length);
      await this.noteRefusals(datasetId, answers);
      return answers;
    });
  }

  /** A model that became active before the rows were there has looked for them in vain. */
  private async wakeForMisses(
    datasetId: number,
    addedCount: number,
    model: Model | null,
    embeddedCount: number,
  ): Promise<void> {
    if (addedCount === 0) return;
    const dataset = await this.datasets.byId(datasetId);
    const activeModelId = dataset?.activeModelId ?? null;
    const hasMissed = activeModelId !== model?.id || embeddedCount < addedCount;
    if (activeModelId !== null && hasMissed) this.catchUp.wake(datasetId);
  }

  private async write(
    datasetId: number,
    model: Model | null,
    slice: Slice,
    examined: ReadonlyMap<string, ExaminedFile>,
  ): Promise<AddedFile[]> {
    // Another request may have added or deleted some meanwhile.
    const present = await this.present(datasetId, slice);
    const pictures = filesOf(slice).flatMap((file) => {
      const found = present.has(file.name) ? undefined : examined.get(file.name);
      return found && 'facts' in found ? [pictureOf(file, found)] : [];
    });
    const added = await this.rows.insert(datasetId, model, pictures);
    const metadata = await this.images.metadata([...present.values()].map(({ id }) => id));
    const answers: AddedFile[] = [];
    for (const file of slice) {
      const image = present.get(file.name);
      const found = examined.get(file.name);
      const newImage = added.get(file.name);
      if ('refusal' in file) answers.push(refused(file.name, file.refusal));
      else if (image) answers.push(await this.settle(file, image, metadata.get(image.id) ?? []));
      else if (newImage) answers.push(done(newImage, 'ADDED'));
      else answers.push(refused(file.name, found && 'refusal' in found ? found.refusal : GONE));
    }
    return answers;
  }

  /** A file whose name is there already. @param known the image's metadata */
  private async settle(
    file: ReadFile,
    image: Image,
    known: readonly MetadataEntry[],
  ): Promise<AddedFile> {
    if (file.blobId !== image.blobId) {
      const message = `The dataset has another picture of the name "${file.name}". Delete that first, or rename the file.`;
      return refused(file.name, { code: 'IMAGE_NAME_TAKEN', message });
    }
    const label = file.label ?? image.label;
    const split = file.split ?? image.split;
    const metadata = file.metadata.length > 0 ? file.metadata : known;
    const isSame = image.label === label && image.split === split && sameMetadata(metadata, known);
    if (isSame) return done(image, 'UNCHANGED');
    return done(await this.rows.describe(image, { label, split, metadata }), 'UPDATED');
  }

  private async noteRefusals(datasetId: number, answers: readonly AddedFile[]): Promise<void> {
    const refusals = answers.flatMap(({ refusal }) => refusal ?? []);
    const taken = answers.filter(({ refusal }) => !refusal).map(({ name }) => name);
    if (taken.length > 0) await this.datasets.clearRefusals(datasetId, taken);
    if (refusals.length > 0) await this.datasets.putRefusals(datasetId, refusals);
  }

  private async present(datasetId: number, slice: Slice): Promise<Map<string, Image>> {
    const names = filesOf(slice).map(({ name }) => name);
    const images = names.length > 0 ? await this.images.byNames(datasetId, names) : [];
    return new Map(images.map((image) => [image.name, image]));
  }

  private async activeModel(datasetId: number): Promise<Model | null> {
    const dataset = await this.datasets.byId(datasetId);
    if (dataset?.activeModelId === null || dataset?.activeModelId === undefined) return null;
    return this.models.byId(dataset.activeModelId);
  }
}

const GONE: Reason = {
  code: 'DATASET_BUSY',
  message: 'The image of this name was deleted in this very moment. Add it again.',
};

function filesOf(slice: Slice): ReadFile[] {
  return slice.filter((file): file is ReadFile => 'bytes' in file);
}

function isEmbedded(examined: ExaminedFile | undefined): boolean {
  return examined !== undefined && 'facts' in examined && examined.embedding !== null;
}

function pictureOf(
  { name, label, split, metadata, addedAt, bytes, blobId }: ReadFile,
  { facts, thumbnail, embedding }: Extract<ExaminedFile, { facts: unknown }>,
): NewPicture {
  const words = { label, split: split ?? splitOf(blobId), metadata };
  const image = { ...facts, name, blobId, ...words, addedAt };
  return { image, bytes, thumbnail, embedding };
}

function done(image: Image, outcome: 'ADDED' | 'UPDATED' | 'UNCHANGED'): AddedFile {
  return { name: image.name, outcome, image, refusal: null };
}

function refused(name: string, reason: Reason): AddedFile {
  return { name, outcome: 'REFUSED', image: null, refusal: { ...reason, name, at: new Date() } };
}
