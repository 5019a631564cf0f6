import { ask } from '../integration/graphql-request.js';
import { spawnServer, startServer, type RunningServer } from '../integration/running-server.js';
import type { Dice } from './dice.js';
import { checkLedger } from './ledger-check.js';
import { addImages, LedgerClient, type SentImage } from './ledger-client.js';
import { Ledger } from './ledger.js';
import { wavyPicture } from './pictures.js';
import { childrenOf, killNow, type Role } from './processes.js';
import { endOfRun, findings, startRun, type Baseline, type Recipe } from './runs.js';

/** Whom a fault hits: the API's process, one of its children, or all at once, as a power cut does. */
export type Victim = 'api' | 'all' | 'starting' | Role;

export interface Kill {
  /** Who was killed: the victim, and servers that were not done with their start. */
  readonly victims: readonly Victim[];
  /** Whether the server is another one since. */
  readonly isRestarted: boolean;
}

const FIRST_UPLOADS = 30;
const TRAINED_ON = 80;
const HELD_OUT = 20;
const QUERIES = 6;
/** How likely a server is killed once more while it starts, and how long that takes, with clearing up. */
const KILLED_AGAIN = 0.4;
const START_MS = 2500;
const TINY: Recipe = {
  architecture: 'conv-autoencoder',
  hyperparameters: { epochs: 3, batchSize: 40 },
};

/** A server whose data directory outlives it many times, and what it has acknowledged. */
export class World {
  readonly baselines: Baseline[] = [];
  /** Ids of images that are searched with. */
  queries: string[] = [];

  private constructor(
    readonly directory: string,
    private readonly environment: Readonly<Record<string, string>>,
    public server: RunningServer,
    readonly ledger: Ledger,
    /** The dataset that runs learn from: nobody changes it. */
    readonly trainedDatasetId: string,
  ) {}

  /** Starts with a few pictures, and a model for each recipe. */
  static async create(
    directory: string,
    environment: Readonly<Record<string, string>>,
    dice: Dice,
    recipes: readonly Recipe[] = [TINY],
  ): Promise<World> {
    const server = await startServer(directory, environment);
    try {
      return await World.filled(server, directory, environment, dice, recipes);
    } catch (thrown) {
      await server.stop('SIGKILL');
      throw thrown;
    }
  }

  private static async filled(
    server: RunningServer,
    directory: string,
    environment: Readonly<Record<string, string>>,
    dice: Dice,
    recipes: readonly Recipe[],
  ): Promise<World> {
    const ledger = new Ledger(await newDataset(server, 'ledger'));
    const trained = await newDataset(server, 'trained');
    const world = new World(directory, environment, server, ledger, trained);
    const client = world.client(dice);
    for (let at = 0; at < FIRST_UPLOADS; at += 10) await client.upload(10);
    await addImages(server, trained, await fixedPictures(dice));
    await succeeded(server, ledger.datasetId, TINY);
    world.queries = await world.firstImages(QUERIES);
    for (const recipe of recipes) world.baselines.push(await world.undisturbed(recipe));
    return world;
  }

  client(dice: Dice): LedgerClient {
    return new LedgerClient(this.server, this.ledger, dice);
  }

  /**
   * Ends the victim at once. Where that is the API's process, or a child that is not there, the server is
   * started again, and at times killed once more while it starts and clears up.
   */
  async kill(victim: Victim, dice: Dice): Promise<Kill> {
    const children = childrenOf(this.server.pid);
    const child = children.find(({ role }) => role === victim);
    if (child) {
      killNow(child.pid);
      return { victims: [victim], isRestarted: false };
    }
    const victims: Victim[] = [victim === 'all' ? 'all' : 'api'];
    await this.server.stop('SIGKILL');
    if (victim === 'all') for (const { pid } of children) killNow(pid);
    while (dice.chance(KILLED_AGAIN)) {
      await this.killWhileStarting(dice);
      victims.push('starting');
    }
    await this.restart();
    return { victims, isRestarted: true };
  }

  private async killWhileStarting(dice: Dice): Promise<void> {
    const { pid, listening, stop } = spawnServer(this.directory, this.environment);
    // It is ended before it listens, or a little later.
    listening.catch(() => undefined);
    await dice.pause(START_MS);
    const children = childrenOf(pid);
    await stop('SIGKILL');
    for (const child of children) killNow(child.pid);
  }

  /** Starts the server that was ended. */
  async restart(): Promise<void> {
    this.server = await startServer(this.directory, this.environment);
  }

  check(dice: Dice, deep = false): Promise<void> {
    return checkLedger(this.server, this.ledger, dice, deep);
  }

  private async undisturbed(recipe: Recipe): Promise<Baseline> {
    const start = performance.now();
    const { modelId, losses } = await succeeded(this.server, this.trainedDatasetId, recipe);
    const tookMs = performance.now() - start;
    const found = await findings(this.server, this.queries, modelId);
    return { ...recipe, modelId, losses, tookMs, found };
  }

  private async firstImages(count: number): Promise<string[]> {
    const { images } = await ask<{ images: { edges: { node: { id: string } }[] } }>(
      this.server,
      `query ($datasetId: ID!, $first: Int!) { images(datasetId: $datasetId, first: $first) {
        edges { node { id } } } }`,
      { datasetId: this.trainedDatasetId, first: count },
    );
    return images.edges.map(({ node }) => node.id);
  }
}

export async function newDataset(server: RunningServer, name: string): Promise<string> {
  const { createDataset } = await ask<{ createDataset: { id: string } }>(
    server,
    'mutation ($name: String!) { createDataset(name: $name) { id } }',
    { name },
  );
  return createDataset.id;
}

async function succeeded(
  server: RunningServer,
  datasetId: string,
  recipe: Recipe,
): Promise<Pick<Baseline, 'modelId' | 'losses'>> {
  const modelId = await startRun(server, datasetId, recipe);
  const { status, epochs, failure } = await endOfRun(server, modelId);
  if (status !== 'SUCCEEDED') throw new Error(`${status}: ${JSON.stringify(failure)}`);
  return { modelId, losses: epochs };
}

async function fixedPictures(dice: Dice): Promise<SentImage[]> {
  const files: SentImage[] = [];
  for (let at = 0; at < TRAINED_ON + HELD_OUT; at += 1) {
    files.push({
      name: `fixed-${at}.png`,
      bytes: await wavyPicture(dice, at % 6, 1),
      label: `kind ${at % 6}`,
      split: at < TRAINED_ON ? 'TRAIN' : 'TEST',
      metadata: [],
    });
  }
  return files;
}
