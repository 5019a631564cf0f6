import type { StopSignal } from '../domain/aborting.js';
import { LookalikeError } from '../domain/errors.js';
import type { Image } from '../domain/image.js';
import type { Model } from '../domain/model.js';
import { checkedVector, queryVector } from '../domain/query-vector.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { ModelRuntime } from '../ports/model-runtime.js';
import type { LiveIndexes } from './live-indexes.js';
import type { Example, SearchQuery } from './search-query-examples.js';
import type { ExamplePictures } from './search-query-pictures.js';

/** A query as a model sees it. */
export interface ReadQuery {
  /** At length 1, or all zeros. */
  readonly vector: Float32Array;
  /** The image whose embedding that is, where it is no more than that. */
  readonly storedId: number | null;
  /** Its images, by id: no answer to it. */
  readonly imageIds: ReadonlySet<number>;
  /** The image that it is, where it is that of one image. */
  readonly image: Image | null;
}

const MAX_QUERIES = 50;
const MAX_EXAMPLES = 20;

/** Reads queries: finds what their examples are as embeddings under a model. */
export class QueryReader {
  constructor(
    private readonly pictures: ExamplePictures,
    private readonly embeddings: Embeddings,
    private readonly runtime: ModelRuntime,
    private readonly live: Pick<LiveIndexes, 'peek'>,
  ) {}

  /**
   * In the order of the queries.
   * @throws LookalikeError QUERY_EMPTY, INVALID_ARGUMENT, VECTOR_INVALID, IMAGE_NOT_FOUND,
   * IMAGE_NOT_EMBEDDED, and as `ModelRuntime.embed`
   */
  async read(
    model: Model,
    queries: readonly SearchQuery[],
    signal?: StopSignal,
  ): Promise<ReadQuery[]> {
    checkCounts(queries);
    const only = await this.readFromIndex(model, queries);
    if (only) return [only];
    const examples = queries.flatMap(({ positives, negatives }) => [...positives, ...negatives]);
    const images = await this.pictures.imagesOf(model.datasetId, examples);
    const vectors = await this.vectorsOf(model, examples, images, signal);
    const vectorOf = (example: Example) => vectorIn(vectors, example);
    return queries.map(({ positives, negatives }) => {
      const only = positives.length === 1 ? positives[0] : undefined;
      const isOfImage = only && 'imageId' in only;
      return {
        vector: queryVector(positives.map(vectorOf), negatives.map(vectorOf)),
        storedId: isOfImage && !only.crop && negatives.length === 0 ? only.imageId : null,
        imageIds: new Set([...positives, ...negatives].flatMap(imageIdIn)),
        image: isOfImage ? (images.get(only.imageId) ?? null) : null,
      };
    });
  }

  /**
   * A single query of one whole image, as most are, that an index in memory has: read without all that
   * it takes to gather many. Null for any other.
   */
  private async readFromIndex(
    model: Model,
    queries: readonly SearchQuery[],
  ): Promise<ReadQuery | null> {
    const [query, ...others] = queries;
    if (!query || others.length > 0 || query.negatives.length > 0) return null;
    const [example, ...more] = query.positives;
    if (!example || more.length > 0 || !('imageId' in example) || example.crop) return null;
    const { imageId } = example;
    const image = (await this.pictures.imagesOf(model.datasetId, [example])).get(imageId);
    const vector = image && this.live.peek(model, image.split)?.vectorOf(imageId);
    if (!image || !vector) return null;
    const storedId = imageId;
    return { vector: queryVector([vector], []), storedId, imageIds: new Set([imageId]), image };
  }

  /** The embedding of one example. @throws LookalikeError as `read` */
  async vectorOf(model: Model, example: Example): Promise<Float32Array> {
    const images = await this.pictures.imagesOf(model.datasetId, [example]);
    const vectors = await this.vectorsOf(model, [example], images);
    return vectorIn(vectors, example);
  }

  private async vectorsOf(
    model: Model,
    examples: readonly Example[],
    images: ReadonlyMap<number, Image>,
    signal?: StopSignal,
  ): Promise<Map<Example, Float32Array>> {
    const vectors = new Map<Example, Float32Array>();
    const whole = examples.filter((each) => 'imageId' in each && !each.crop).flatMap(imageIdIn);
    const shown = [...new Set(whole)].flatMap((id) => images.get(id) ?? []);
    const stored = await this.storedVectors(model, shown);
    const pictures: Example[] = [];
    for (const example of examples) {
      if ('vector' in example) {
        vectors.set(example, checkedVector(example.vector, model.latentSize));
      } else if ('imageId' in example && !example.crop) {
        vectors.set(example, vectorIn(stored, example.imageId));
      } else pictures.push(example);
    }
    for await (const batch of this.pictures.batches(model.datasetId, pictures)) {
      signal?.throwIfAborted();
      await Promise.all(
        batch.map(async ({ example, picture }) =>
          vectors.set(example, await this.runtime.embed(model, picture)),
        ),
      );
    }
    return vectors;
  }

  /**
   * The embeddings of images: of those in an index that is in memory the one that the table has, at
   * length 1.
   */
  private async storedVectors(
    model: Model,
    images: readonly Image[],
  ): Promise<Map<number, Float32Array>> {
    const vectors = new Map<number, Float32Array>();
    const others: number[] = [];
    for (const { id, split } of images) {
      const vector = this.live.peek(model, split)?.vectorOf(id);
      if (vector) vectors.set(id, vector);
      else others.push(id);
    }
    if (others.length === 0) return vectors;
    const stored = await this.embeddings.findMany(model.id, others);
    for (const { imageId, vector } of stored) vectors.set(imageId, vector);
    const missing = others.find((id) => !vectors.has(id));
    if (missing === undefined) return vectors;
    const found = (await this.embeddings.states(model.id, [missing])).get(missing);
    throw new LookalikeError(
      'IMAGE_NOT_EMBEDDED',
      found?.state === 'FAILED'
        ? `Image ${missing} cannot be embedded: ${found.message ?? 'nobody knows why'}`
        : `Image ${missing} waits to be embedded by model ${model.id}. Try again in a moment; ` +
            'under a model that is not active, activate it first.',
    );
  }
}

/** An empty vector in its place would be near everything. */
function vectorIn<Of>(vectors: ReadonlyMap<Of, Float32Array>, of: Of): Float32Array {
  const vector = vectors.get(of);
  if (!vector) throw new LookalikeError('INTERNAL', 'An example was not embedded.');
  return vector;
}

function imageIdIn(example: Example): number[] {
  return 'imageId' in example ? [example.imageId] : [];
}

function checkCounts(queries: readonly SearchQuery[]): void {
  checkCount('queries', queries.length, MAX_QUERIES);
  for (const { positives, negatives } of queries) {
    if (positives.length === 0) throw new LookalikeError('QUERY_EMPTY');
    checkCount('positives', positives.length, MAX_EXAMPLES);
    checkCount('negatives', negatives.length, MAX_EXAMPLES, 0);
  }
}

function checkCount(name: string, count: number, most: number, least = 1): void {
  if (count >= least && count <= most) return;
  throw new LookalikeError(
    'INVALID_ARGUMENT',
    `"${name}" holds ${least} to ${most}, not ${count}. Send several requests.`,
  );
}
