import { LookalikeError, reasonOf } from '../domain/errors.js';
import { SPLITS, type Split } from '../domain/dataset.js';
import type { Embedding, Model } from '../domain/model.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Log } from '../ports/log.js';
import type { BulkRuntime } from '../ports/model-runtime.js';
import type { Models } from '../ports/models.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import type { LiveIndex, SplitIndex } from './live-index.js';
import { openLiveIndex } from './live-index-opening.js';

const MAX_LOADED = 8;
/** A worn index whose rebuild came to nothing answers on for so long before it is tried again. */
const RETRY_MS = 60_000;
/** So with a damaged one, which cannot answer: not with every search that asks for it. */
const RETRY_DAMAGED_MS = 5000;

/** A change to be made to an index. */
type Note = (index: SplitIndex) => void;

/** An index in memory, or on its way there. */
interface Slot {
  readonly modelId: number;
  readonly split: Split;
  /** What answers; null until it is open. */
  current: SplitIndex | null;
  /** The first opening; null until it is asked for. */
  opening: Promise<LiveIndex> | null;
  /** What is noted during each opening that goes on. */
  readonly journals: Set<Note[]>;
  /** When it was last asked for, counted in questions. */
  usedAt: number;
}

/**
 * The indexes in memory, kept up with what is added and removed: opened when first asked for, the
 * least recently used let go. One that is damaged or worn is built anew beside the answering one.
 */
export class LiveIndexes {
  private readonly slots = new Map<number, Slot>();
  private uses = 0;
  private readonly rebuilding = new Set<number>();
  /** As `performance.now` has it: the time of day may be set back. */
  private readonly failedAt = new Map<number, number>();
  private readonly removalListeners: (() => void)[] = [];

  constructor(
    private readonly store: VectorIndexes,
    private readonly embeddings: Embeddings,
    private readonly bulk: Pick<BulkRuntime, 'rebuildIndex'>,
    private readonly models: Models,
    private readonly log: Log,
  ) {}

  /**
   * The index of a split, as it stands. Ask anew for every search: it is swapped when rebuilt.
   * @throws LookalikeError INDEX_CORRUPT; it is then being rebuilt from the embeddings.
   * MODEL_NOT_FOUND when the model is gone by now
   */
  async get({ id: modelId }: Pick<Model, 'id'>, split: Split): Promise<LiveIndex> {
    const loaded = this.loaded({ id: modelId }, split);
    if (loaded) return loaded;
    const key = keyOf(modelId, split);
    const slot = this.slots.get(key) ?? {
      ...{ modelId, split, current: null, opening: null },
      journals: new Set<Note[]>(),
      usedAt: 0,
    };
    this.slots.set(key, slot);
    slot.usedAt = this.uses += 1;
    if (slot.opening) return slot.opening;
    this.dropOldest();
    slot.opening = this.open(slot);
    try {
      return await slot.opening;
    } catch (thrown) {
      if (this.slots.get(key) === slot) this.slots.delete(key);
      const isCorrupt = thrown instanceof LookalikeError && thrown.code === 'INDEX_CORRUPT';
      if (isCorrupt) this.rebuild(modelId, split, 'is damaged', RETRY_DAMAGED_MS);
      throw thrown;
    }
  }

  /** As `get`, where the index is in memory; null where it is not. */
  loaded({ id }: Pick<Model, 'id'>, split: Split): LiveIndex | null {
    const slot = this.slots.get(keyOf(id, split));
    if (!slot?.current) return null;
    slot.usedAt = this.uses += 1;
    this.mendIfWorn(slot);
    return slot.current;
  }

  /** The index of a split if it is in memory: asking for it brings nothing there. */
  peek({ id }: Pick<Model, 'id'>, split: Split): LiveIndex | null {
    return this.slots.get(keyOf(id, split))?.current ?? null;
  }

  /** Whether another index would let none go. */
  get hasRoom(): boolean {
    return this.slots.size < MAX_LOADED;
  }

  /** Lets the indexes in memory get to know their neighbours ahead of the first search. */
  lookAhead(): void {
    for (const { current } of this.slots.values()) current?.lookAhead();
  }

  /** Call right after the rows are written: the next search finds them. */
  noteAdded({ id }: Pick<Model, 'id'>, split: Split, embeddings: readonly Embedding[]): void {
    const slot = this.slots.get(keyOf(id, split));
    if (slot) this.note(slot, (index) => index.add(embeddings));
  }

  /**
   * Call right after the rows are deleted: from now on no search finds them. An image that goes to
   * the other split is noted as removed, then as added.
   */
  noteRemoved(imageIds: readonly number[]): void {
    for (const slot of this.slots.values()) this.note(slot, (index) => index.remove(imageIds));
    for (const listener of this.removalListeners) listener();
  }

  /** Calls the listener at every `noteRemoved`. */
  onRemoved(listener: () => void): void {
    this.removalListeners.push(listener);
  }

  /** Call when a model is deleted. */
  forgetModel(modelId: number): void {
    for (const split of SPLITS) this.slots.delete(keyOf(modelId, split));
  }

  /** Opens the index as the rows have it, and lets it answer in the place of an older one. */
  private async open(slot: Slot): Promise<LiveIndex> {
    const journal: Note[] = [];
    slot.journals.add(journal);
    try {
      const { models, store, embeddings } = this;
      const index = await openLiveIndex({ models, store, embeddings }, slot.modelId, slot.split);
      // Nothing else runs from here to the end, so that no note is lost between the two.
      for (const note of journal) note(index);
      slot.current = index;
      this.mendIfWorn(slot);
      return index;
    } finally {
      slot.journals.delete(journal);
    }
  }

  private note(slot: Slot, note: Note): void {
    for (const journal of slot.journals) journal.push(note);
    if (slot.current) note(slot.current);
    this.mendIfWorn(slot);
  }

  private mendIfWorn({ current, modelId, split }: Slot): void {
    if (current?.isWorn) this.rebuild(modelId, split, 'has changed much', RETRY_MS);
  }

  private rebuild(modelId: number, split: Split, reason: string, retryMs: number): void {
    const key = keyOf(modelId, split);
    const failedAt = this.failedAt.get(key) ?? Number.NEGATIVE_INFINITY;
    if (this.rebuilding.has(key) || performance.now() - failedAt < retryMs) return;
    this.rebuilding.add(key);
    const index = `the ${split} index of model ${modelId}`;
    this.log.info(`${index} ${reason}; rebuilding it`);
    this.rebuildAside(modelId, split)
      .then((isMended) => {
        if (isMended) this.failedAt.delete(key);
        else this.failedAt.set(key, performance.now());
        this.log.info(`${index}: ${isMended ? 'rebuilt' : 'left as it is'}`);
      })
      .catch((thrown: unknown) => {
        this.failedAt.set(key, performance.now());
        this.log.error(`${index} could not be rebuilt: ${reasonOf(thrown)}`);
      })
      .finally(() => this.rebuilding.delete(key));
  }

  /** False where it came to nothing. What answers goes on answering until the new one is open. */
  private async rebuildAside(modelId: number, split: Split): Promise<boolean> {
    const model = await this.models.byId(modelId);
    if (!model) return false;
    await this.bulk.rebuildIndex(model, split);
    const slot = this.slots.get(keyOf(modelId, split));
    if (slot) await this.open(slot);
    return !slot?.current?.isWorn;
  }

  private dropOldest(): void {
    if (this.slots.size <= MAX_LOADED) return;
    const oldest = [...this.slots].reduce((one, other) =>
      other[1].usedAt < one[1].usedAt ? other : one,
    );
    this.slots.delete(oldest[0]);
  }
}

/** A number, which every search makes anew: text takes ten times as long. */
function keyOf(modelId: number, split: Split): number {
  return SPLITS.length * modelId + SPLITS.indexOf(split);
}
