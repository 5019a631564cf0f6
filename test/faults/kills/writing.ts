import type { Dice } from '../dice.js';
import type { LedgerClient } from '../ledger-client.js';
import type { Victim, World } from '../world.js';
import type { Scenario } from './scenario.js';

const CLIENTS = 3;
const MOST_TIMES = 3;
const LATEST_KILL_MS = 1500;
/** How long clients go on when the server outlives the kill. */
const GOES_ON_MS = 500;
const VICTIMS: readonly Victim[] = ['api', 'api', 'api', 'all', 'embedder'];

type Wish = (client: LedgerClient, dice: Dice) => Promise<void>;

const WISHES = {
  upload: (client, dice) => client.upload(1 + dice.whole(5)),
  delete: (client, dice) => client.delete(1 + dice.whole(2)),
  relabel: (client, dice) =>
    dice.chance(0.5) ? client.relabel(1 + dice.whole(6)) : client.describe(),
} satisfies Record<string, Wish>;

/** Several clients write at once, mostly of one kind, until the server is killed under them. */
function writing(kind: keyof typeof WISHES, weight: number): Scenario {
  return {
    kind,
    weight,
    run: async (world, dice) => {
      const victims: Victim[] = [];
      // What one kill leaves in doubt the next ones may hit again.
      const times = 1 + dice.whole(MOST_TIMES);
      for (let at = 0; at < times; at += 1) {
        victims.push(...(await killedWhileWriting(world, kind, dice.for(at))));
      }
      await world.check(dice);
      return victims;
    },
  };
}

async function killedWhileWriting(
  world: World,
  kind: keyof typeof WISHES,
  dice: Dice,
): Promise<readonly Victim[]> {
  const stop = new AbortController();
  const clients = Array.from({ length: CLIENTS }, (_, at) =>
    write(world, kind, dice.for(at), stop.signal),
  );
  await dice.pause(LATEST_KILL_MS);
  const { victims, isRestarted } = await world.kill(dice.pick(VICTIMS), dice);
  if (!isRestarted) await dice.pause(GOES_ON_MS);
  stop.abort();
  await Promise.all(clients);
  return victims;
}

async function write(
  world: World,
  kind: keyof typeof WISHES,
  dice: Dice,
  signal: AbortSignal,
): Promise<void> {
  const client = world.client(dice);
  while (!signal.aborted) {
    const wish = dice.chance(0.7) ? WISHES[kind] : WISHES.upload;
    try {
      await wish(client, dice);
    } catch (thrown) {
      if (isOfKill(thrown)) return;
      throw thrown;
    }
  }
}

/** The connection broke, or the process that was asked died. */
function isOfKill(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const words = `${thrown.message} ${String(thrown.cause)}`;
  return /fetch failed|terminated|ECONN|socket|other side closed|EMBEDDER_CRASHED/i.test(words);
}

export const WRITING: readonly Scenario[] = [
  writing('upload', 6),
  writing('delete', 5),
  writing('relabel', 5),
];
