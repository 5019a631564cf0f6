import { LookalikeError } from '../../domain/errors.js';
import type { InputSpec } from '../../domain/model.js';
import type { Blueprint } from './blueprint.js';
import { convAutoencoder } from './conv-autoencoder.js';

/** How each architecture of `server/domain/architectures` is built, by its name. */
const BUILDERS: ReadonlyMap<string, (input: InputSpec) => Blueprint> = new Map([
  ['conv-autoencoder', convAutoencoder],
]);

/** @throws LookalikeError ARCHITECTURE_NOT_FOUND */
export function blueprintOf(architecture: string, input: InputSpec): Blueprint {
  const build = BUILDERS.get(architecture);
  if (!build) {
    const known = [...BUILDERS.keys()].join(', ');
    throw new LookalikeError(
      'ARCHITECTURE_NOT_FOUND',
      `No architecture is named "${architecture}". There are: ${known}.`,
    );
  }
  return build(input);
}
