import { LookalikeError, reasonOf } from '../domain/errors.js';
import type { Model, ModelIndex } from '../domain/model.js';
import type { Log } from '../ports/log.js';
import type { ModelRuntime } from '../ports/model-runtime.js';
import type { VectorIndex, VectorIndexes } from '../ports/vector-indexes.js';

const MAX_LOADED = 8;

/** The indexes in memory: opened when first asked for, the least recently used let go. */
export class LoadedIndexes {
  private readonly loaded = new Map<string, Promise<VectorIndex>>();
  private readonly rebuilding = new Map<string, Promise<void>>();

  constructor(
    private readonly store: VectorIndexes,
    private readonly runtime: ModelRuntime,
    private readonly log: Log,
  ) {}

  /** @throws LookalikeError INDEX_CORRUPT; it is then being rebuilt from the embeddings */
  async get(model: Model, index: ModelIndex): Promise<VectorIndex> {
    const known = this.loaded.get(index.id);
    const opening = known ?? this.store.open(index.id);
    this.loaded.delete(index.id);
    this.loaded.set(index.id, opening);
    if (known) return known;
    this.dropOldest();
    try {
      return await opening;
    } catch (thrown) {
      this.loaded.delete(index.id);
      const isCorrupt = thrown instanceof LookalikeError && thrown.code === 'INDEX_CORRUPT';
      if (isCorrupt) this.rebuild(model, index);
      throw thrown;
    }
  }

  forget(id: string): void {
    this.loaded.delete(id);
  }

  private dropOldest(): void {
    for (const id of this.loaded.keys()) {
      if (this.loaded.size <= MAX_LOADED) return;
      this.loaded.delete(id);
    }
  }

  private rebuild(model: Model, index: ModelIndex): void {
    if (this.rebuilding.has(index.id)) return;
    this.log.warn(`index ${index.id} of model ${model.id} is damaged; rebuilding it`);
    const ended = this.runtime
      .rebuildIndex(model, index.split)
      .then(() => this.log.info(`index of model ${model.id}, ${index.split}: rebuilt`))
      .catch((thrown: unknown) => {
        this.log.error(`index ${index.id} could not be rebuilt: ${reasonOf(thrown)}`);
      })
      .finally(() => this.rebuilding.delete(index.id));
    this.rebuilding.set(index.id, ended);
  }
}
