import { SPLITS } from '../domain/dataset.js';
import { reasonOf } from '../domain/errors.js';
import { within } from '../domain/patience.js';
import type { Datasets } from '../ports/datasets.js';
import type { Log } from '../ports/log.js';
import type { Trial } from '../ports/trial.js';
import type { LiveIndexes } from './live-indexes.js';

/** What a server needs to do its work. */
export type Need = 'migrations' | 'database' | 'blobs' | 'indexes' | 'running';

/** What is missing, with words that may be told to anybody. */
export type Missing = Partial<Record<Need, string>>;

const WORDS: Readonly<Record<Need, string>> = {
  migrations: 'The tables are not of this version yet.',
  database: 'The database cannot be written.',
  blobs: 'The directory of the pictures cannot be written.',
  indexes: 'An index of an active model is not in memory yet.',
  running: 'The server is stopping.',
};
/** Anybody may ask, and asking writes: what is found is told again for so long. */
const KEPT_MS = 2000;
/** What takes longer is not there. */
const TRIED_MS = 5000;

/** Tells whether all is there that the server needs. The log has the reasons, once each time they change. */
export class Readiness {
  private isStopping = false;
  private found: { readonly at: number; readonly missing: Promise<Missing> } | null = null;
  private told = '';

  constructor(
    private readonly trials: Readonly<
      Record<'migrations' | 'database' | 'blobs', readonly Trial[]>
    >,
    private readonly datasets: Datasets,
    private readonly live: LiveIndexes,
    private readonly log: Log,
    private readonly triedMs = TRIED_MS,
  ) {}

  /** Nothing is ready from now on: whoever sends requests is to send them elsewhere. */
  stop(): void {
    this.isStopping = true;
  }

  /** Empty where nothing is missing. Never rejects. */
  async missing(): Promise<Missing> {
    if (this.isStopping) return { running: WORDS.running };
    if (!this.found || Date.now() - this.found.at >= KEPT_MS) {
      this.found = { at: Date.now(), missing: this.look() };
    }
    return this.found.missing;
  }

  private async look(): Promise<Missing> {
    const { migrations, database, blobs } = this.trials;
    const needs: readonly [Need, () => Promise<unknown>][] = [
      ['migrations', () => Promise.all(migrations.map((trial) => trial.try()))],
      ['database', () => Promise.all(database.map((trial) => trial.try()))],
      ['blobs', () => Promise.all(blobs.map((trial) => trial.try()))],
      ['indexes', () => this.requireIndexes()],
    ];
    const faults = await Promise.all(
      needs.map(async ([need, tried]) => [need, await this.faultOf(tried)] as const),
    );
    const missing = faults.filter(([, fault]) => fault !== null);
    this.tell(missing.map(([need, fault]) => `${need}: ${fault}`).join('; '));
    return Object.fromEntries(missing.map(([need]) => [need, WORDS[need]]));
  }

  /** Why it is not there; null where it is. */
  private async faultOf(tried: () => Promise<unknown>): Promise<string | null> {
    try {
      const success = tried().then(() => null);
      return await within(this.triedMs, success, 'no answer in time');
    } catch (thrown) {
      return reasonOf(thrown);
    }
  }

  /**
   * Loads those of the active models that are not in memory, as the first search would, as far as there is
   * room: of more datasets than that some are always read again.
   */
  private async requireIndexes(): Promise<void> {
    for (const { status, activeModelId: id } of await this.datasets.list()) {
      if (status === 'DELETING' || id === null) continue;
      for (const split of SPLITS) {
        if (!this.live.peek({ id }, split) && this.live.hasRoom) await this.live.get({ id }, split);
      }
    }
  }

  private tell(faults: string): void {
    if (faults === this.told) return;
    this.told = faults;
    if (faults === '') this.log.info('ready again');
    else this.log.warn(`not ready: ${faults}`);
  }
}
