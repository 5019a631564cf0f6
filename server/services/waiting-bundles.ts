import type { Bundles } from '../ports/bundles.js';

/** The bundles that are kept until they are imported to their end, by the names of their datasets. */
export class WaitingBundles {
  constructor(private readonly bundles: Bundles) {}

  async has(name: string): Promise<boolean> {
    return (await this.bundles.kept()).some((kept) => kept.name === name);
  }

  /** In a turn, or else a bundle that comes in under the same name meanwhile might go too. */
  async forget(name: string): Promise<void> {
    for (const kept of await this.bundles.kept()) {
      if (kept.name === name) await this.bundles.delete(kept.file);
    }
  }
}
