import { WEIGHTS_FILE } from '../domain/bundle.js';
import { LookalikeError } from '../domain/errors.js';
import type { Model } from '../domain/model.js';
import type { BulkRuntime } from '../ports/model-runtime.js';

/** A grey PNG of 28 x 28 pixels. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAABwAAAAcCAAAAABXZoBIAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAFElEQVQoz2NowAMYRiVHJUclYQAA14+IEExrC/8AAAAASUVORK5CYII=';

/**
 * Embeds a picture under a model that is not in any table yet.
 * @throws LookalikeError CHECKPOINT_CORRUPT when its weights are damaged or of another network, or
 * that gives vectors of another length; and as `BulkRuntime.examine`
 */
export async function tryModel(bulk: BulkRuntime, model: Omit<Model, 'id'>): Promise<void> {
  const picture = Uint8Array.from(atob(PICTURE), (character) => character.charCodeAt(0));
  // Networks are known by the ids of their models: this one must not be taken for another's.
  const id = -Math.ceil(Math.random() * Number.MAX_SAFE_INTEGER);
  const [examined] = await bulk.examine({ ...model, id }, [picture]);
  const length = examined && 'facts' in examined ? examined.embedding?.vector.length : undefined;
  if (length === model.latentSize) return;
  throw new LookalikeError(
    'CHECKPOINT_CORRUPT',
    `${WEIGHTS_FILE} is of a network that gives ${length ?? 'no'} numbers a picture, and not ` +
      `${model.latentSize}. Train a new model.`,
  );
}
