import { inputLength } from '../domain/input-spec.js';
import type {
  AugmentationQuery,
  AugmentationRuntime,
  AugmentedPicture,
  Augmenter,
} from '../ports/augmentation.js';
import type { Pictures } from '../ports/pictures.js';

/** Shows what training makes of pictures in this process, which is not the API's. */
export class AugmentationPreview implements AugmentationRuntime {
  constructor(
    private readonly augmenter: Augmenter,
    private readonly pictures: Pictures,
  ) {}

  augment(
    { input, augmentation, copies }: Parameters<AugmentationRuntime['augment']>[0],
    queries: readonly AugmentationQuery[],
  ): Promise<AugmentedPicture[]> {
    const length = inputLength(input);
    return Promise.all(
      queries.map(async ({ picture, crop, seed }) => {
        const pixels =
          picture instanceof Uint8Array
            ? await this.pictures.fileToInput(picture, input, crop)
            : await this.pictures.toInput(picture, input, crop);
        const altered = this.augmenter.altered(input, pixels, copies, augmentation, seed);
        const pngs = await Promise.all(
          [
            pixels,
            ...Array.from({ length: copies }, (_, copy) =>
              altered.subarray(copy * length, (copy + 1) * length),
            ),
          ].map((data) => this.pictures.encodePng({ ...input, data })),
        );
        const [fed = new Uint8Array(), ...rest] = pngs;
        return { input: fed, copies: rest };
      }),
    );
  }
}
