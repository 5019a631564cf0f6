import { LookalikeError, reasonOf } from '../domain/errors.js';
import type { MeasuredComparison } from '../domain/model-activation.js';
import type { NewModel } from '../domain/model.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Models } from '../ports/models.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import { openLiveIndex } from './live-index-opening.js';
import { SplitIndex } from './live-index.js';
import { ModelMeasuring, type MeasuringStores } from './model-measuring.js';

interface GateStores extends MeasuringStores {
  readonly models: Models;
  readonly embeddings: Embeddings;
  readonly indexes: VectorIndexes;
}

/** Holds the model of a run against the active one, in the training process. */
export class RunGate {
  private readonly measuring: ModelMeasuring;

  constructor(
    private readonly stores: GateStores,
    private readonly note: (runId: number, message: string) => Promise<void>,
  ) {
    this.measuring = new ModelMeasuring(stores);
  }

  /**
   * What decides where their evaluations cannot be compared; null where those can, or nothing can. That
   * the index of the active one is damaged, or has just been replaced, is no reason to lose the new one.
   */
  async measure(model: NewModel, onTurn: () => Promise<void>): Promise<MeasuredComparison | null> {
    const { models, embeddings, indexes: store } = this.stores;
    const open = async ({ id }: { readonly id: number }) => {
      if (id !== model.id) return openLiveIndex({ models, store, embeddings }, id, 'TRAIN');
      const base = model.indexes.find(({ split }) => split === 'TRAIN');
      const opened = base ? { base, graph: await store.open(base.id) } : null;
      return new SplitIndex(opened, model.latentSize);
    };
    try {
      return await this.measuring.againstActive(model, open, onTurn);
    } catch (thrown) {
      const isIndex = thrown instanceof LookalikeError && thrown.code === 'INDEX_CORRUPT';
      if (!isIndex) throw thrown;
      await this.note(model.id, `not compared with the active model: ${reasonOf(thrown)}`);
      return null;
    }
  }
}
