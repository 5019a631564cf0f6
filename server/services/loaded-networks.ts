import type { Blobs } from '../ports/blobs.js';
import type { RunnableModel } from '../ports/model-runtime.js';
import type { Network, Networks } from '../ports/networks.js';

const MAX_LOADED = 2;

interface Loaded {
  readonly network: Network;
  /** Uses that go on at this moment. */
  users: number;
  isDropped: boolean;
}

/** The networks of models in memory: loaded when first used, the least recently used let go. */
export class LoadedNetworks {
  private readonly loaded = new Map<number, Promise<Loaded>>();

  constructor(
    private readonly networks: () => Promise<Networks>,
    private readonly blobs: Blobs,
  ) {}

  /**
   * Works with the network of a model, which is not freed meanwhile.
   * @throws LookalikeError CHECKPOINT_CORRUPT, LIBTENSORFLOW_MISSING, BLOB_MISSING, BLOB_CORRUPT
   */
  async use<T>(model: RunnableModel, work: (network: Network) => Promise<T>): Promise<T> {
    const loaded = await this.load(model);
    // It may have been let go while it was waited for.
    if (loaded.isDropped && loaded.users === 0) return this.use(model, work);
    loaded.users += 1;
    try {
      return await work(loaded.network);
    } finally {
      loaded.users -= 1;
      if (loaded.isDropped && loaded.users === 0) loaded.network.dispose();
    }
  }

  private load(model: RunnableModel): Promise<Loaded> {
    const known = this.loaded.get(model.id);
    const loading = known ?? this.read(model);
    this.loaded.delete(model.id);
    this.loaded.set(model.id, loading);
    if (!known) {
      loading.catch(() => {
        if (this.loaded.get(model.id) === loading) this.loaded.delete(model.id);
      });
      this.dropOldest();
    }
    return loading;
  }

  private async read(model: RunnableModel): Promise<Loaded> {
    const [networks, weights] = await Promise.all([
      this.networks(),
      this.blobs.get(model.weightsBlobId),
    ]);
    return { network: networks.load(model, weights), users: 0, isDropped: false };
  }

  private dropOldest(): void {
    for (const [id, loading] of this.loaded) {
      if (this.loaded.size <= MAX_LOADED) return;
      this.loaded.delete(id);
      loading.then(drop, () => undefined);
    }
  }
}

function drop(loaded: Loaded): void {
  loaded.isDropped = true;
  if (loaded.users === 0) loaded.network.dispose();
}
