import type { Dice } from '../dice.js';
import type { Victim, World } from '../world.js';

/** Something that a server does, killed in the middle of it. */
export interface Scenario {
  readonly kind: string;
  /** How often it is drawn, against the others. */
  readonly weight: number;
  /** Kills at a random moment, and holds what is left against what was acknowledged. @returns who was killed */
  run(world: World, dice: Dice): Promise<readonly Victim[]>;
}
