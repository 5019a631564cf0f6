import { inputLength } from '../domain/input-spec.js';
import type { InputSpec } from '../domain/model.js';
import type { EpochReconstruction } from '../domain/training-run.js';
import type { Blobs } from '../ports/blobs.js';
import type { Images } from '../ports/images.js';
import type { TrainableNetwork } from '../ports/networks.js';
import type { Pictures } from '../ports/pictures.js';
import { batchOf, type LoadedPictures, type PictureLoader } from './picture-loading.js';

/** Images that are redrawn after every epoch. */
const PROBES = 10;

/** The images that show how a network learns to redraw. */
export class ProbePictures {
  constructor(
    private readonly images: Images,
    private readonly loader: PictureLoader,
    private readonly blobs: Blobs,
    private readonly pictures: Pictures,
  ) {}

  /** The first test images; training images where nothing is held out. */
  async load(datasetId: number, input: InputSpec): Promise<LoadedPictures> {
    const ignore = () => Promise.resolve();
    const test = await this.loader.all(datasetId, 'TEST', input, PROBES, ignore);
    if (test.count > 0) return test;
    return this.loader.all(datasetId, 'TRAIN', input, PROBES, ignore);
  }

  /**
   * Those that nobody has deleted by now, as the network of a run redraws them: PNGs in the store. Each
   * tells what it is of, or runs of one seed would bear the same bytes: those would be deleted with one
   * run in the moment between the storing and the row of the other.
   */
  async redraw(
    runId: number,
    network: TrainableNetwork,
    probes: LoadedPictures,
  ): Promise<Pick<EpochReconstruction, 'imageId' | 'blobId'>[]> {
    const length = inputLength(network.input);
    const rowOf = (pixels: Uint8Array, row: number) =>
      pixels.subarray(row * length, (row + 1) * length);
    const present = await this.images.byIds(probes.images.map(({ id }) => id));
    const ids = new Set(present.map(({ id }) => id));
    const rows = [...probes.images.keys()].filter((row) => ids.has(probes.images[row]?.id ?? 0));
    const originals = rows.map((row) => rowOf(probes.pixels, row));
    const redrawn = await network.reconstruct(batchOf(originals, network.input));
    const pngs = await Promise.all(
      rows.map((row, place) =>
        this.pictures.encodePng(
          { ...network.input, data: rowOf(redrawn, place) },
          `run ${runId}, epoch ${network.epoch}, image ${probes.images[row]?.id}`,
        ),
      ),
    );
    const blobIds = await this.blobs.putMany(pngs);
    return rows.flatMap((row, place) => {
      const [image, blobId] = [probes.images[row], blobIds[place]];
      return image && blobId !== undefined ? [{ imageId: image.id, blobId }] : [];
    });
  }
}
