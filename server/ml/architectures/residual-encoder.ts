import type { InputSpec } from '../../domain/model.js';
import { encoderBlueprint } from '../encoder-blueprint.js';
import type { EncoderBlueprint, EncoderUnit } from '../encoder-blueprint.js';

/** A side that the units below are made for; larger pictures are halved before. */
const USUAL_SIDE = 40;

/**
 * A small residual network (He et al.: Deep Residual Learning for Image Recognition, arXiv:1512.03385) of
 * the shape that Page's "How to Train Your ResNet" found to learn the most in the least time.
 *
 * No width is a power of two: rows of channels would then lie in the same lines of the cache.
 */
export function residualEncoder(input: InputSpec, dimension: number): EncoderBlueprint {
  const plain = (outputs: number): EncoderUnit => ({ outputs, pooled: false, joined: false });
  const pooled = (outputs: number): EncoderUnit => ({ outputs, pooled: true, joined: false });
  const joined = (outputs: number): EncoderUnit => ({ outputs, pooled: false, joined: true });
  const largest = Math.max(input.width, input.height);
  const halvings = Math.max(0, Math.ceil(Math.log2(largest / USUAL_SIDE)));
  const units = [
    ...Array.from({ length: halvings }, () => pooled(12)),
    ...[plain(16), pooled(24)],
    ...[plain(48), pooled(48)],
    ...[plain(96), plain(96), joined(96)],
  ];
  return encoderBlueprint(input, units, dimension);
}
