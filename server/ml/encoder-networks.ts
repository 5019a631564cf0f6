import { hyperparameter } from '../domain/architecture.js';
import type { InputSpec } from '../domain/model.js';
import type { NetworkRecipe } from '../ports/networks.js';
import { EmbeddingNetwork, emptyDecoder, storedDecoder } from './embedding-network.js';
import type { EncoderBlueprint } from './encoder-blueprint.js';
import { storedEncoder } from './encoder-embedder.js';
import { emptyCompanion, storedCompanion } from './companion.js';
import { embedderOf, EncoderInTraining, labelWeightOf } from './encoder-in-training.js';
import type { Pairing } from './encoder-in-training.js';
import { encoderStart, momentStart } from './encoder-start.js';
import type { Features } from './features.js';
import { storedLabelMemory } from './label-memory.js';
import { LabelledEmbedder } from './labelled-embedder.js';
import type { NetworkBuilder } from './network-builder.js';
import { storedReduction } from './paired-embedder.js';
import { emptyProjection } from './projection-embedder.js';
import { readFileOf, storedVector } from './stored-parameters.js';
import type { TargetFinder } from './targets.js';
import type { TensorFlow } from './tf.js';
import type { WeightsFile } from './weights-file.js';

/** What an encoder is, and what it learns. */
export interface EncoderDesign {
  readonly blueprintOf: (input: InputSpec, dimension: number) => EncoderBlueprint;
  /** Of the embedder beside it; null for none. */
  readonly featuresOf: ((input: InputSpec) => Features) | null;
  readonly targetsOf: (tf: TensorFlow, recipe: NetworkRecipe) => TargetFinder;
}

/** Encoders that learn to point the embeddings of pictures to targets. */
export function encoderNetworks(design: EncoderDesign): NetworkBuilder {
  return {
    create: (tf, recipe) => {
      const { blueprint, pairingOf, dimension } = partsOf(tf, design, recipe);
      const parameters = encoderStart(blueprint, dial(recipe, 'seed'));
      const progress = {
        ...{ epoch: 0, step: 0, current: parameters },
        velocity: new Float32Array(parameters.length),
        averaged: { parameters, moments: momentStart(blueprint) },
      };
      const decoder = emptyDecoder(dimension, recipe.input);
      const finder = design.targetsOf(tf, recipe);
      const pairing = pairingOf(null);
      return new EncoderInTraining(tf, recipe, blueprint, progress, pairing, decoder, finder);
    },
    resume: (tf, recipe, checkpoint) => {
      const { blueprint, pairingOf, dimension } = partsOf(tf, design, recipe);
      const file = readFileOf(recipe, 'CHECKPOINT', checkpoint);
      const progress = {
        ...{ epoch: file.epoch, step: file.step },
        current: storedVector(file, 'current'),
        velocity: storedVector(file, 'velocity'),
        averaged: storedEncoder(file, blueprint),
      };
      const pairing = pairingOf(file);
      const decoder = storedDecoder(file, dimension, recipe.input);
      const finder = design.targetsOf(tf, recipe);
      return new EncoderInTraining(tf, recipe, blueprint, progress, pairing, decoder, finder);
    },
    load: (tf, recipe, weights) => {
      const { blueprint, pairingOf, dimension } = partsOf(tf, design, recipe);
      const file = readFileOf(recipe, 'WEIGHTS', weights);
      const pairing = pairingOf(file);
      const averaged = storedEncoder(file, blueprint);
      const memory = storedLabelMemory(file, dimension);
      const decoder = storedDecoder(file, dimension, recipe.input);
      // Nothing of the file is left to be refused: only now are there tensors to be freed.
      const plain = embedderOf(tf, blueprint, averaged, pairing);
      const embedder = memory
        ? new LabelledEmbedder(tf, plain, memory, labelWeightOf(recipe))
        : plain;
      return new EmbeddingNetwork(tf, recipe, embedder, decoder);
    },
  };
}

interface Parts {
  readonly blueprint: EncoderBlueprint;
  /** As it is in a file, or before anything is fitted; null where the encoder is alone. */
  readonly pairingOf: (file: WeightsFile | null) => Pairing | null;
  /** Numbers of an embedding. */
  readonly dimension: number;
}

/** Of a pair, the encoder has half as many numbers as are asked of both together. */
function partsOf(
  tf: TensorFlow,
  { blueprintOf, featuresOf }: EncoderDesign,
  recipe: NetworkRecipe,
): Parts {
  const { input } = recipe;
  const dimension = dial(recipe, 'dimension');
  if (!featuresOf) {
    return { blueprint: blueprintOf(input, dimension), pairingOf: () => null, dimension };
  }
  const blueprint = blueprintOf(input, Math.ceil(dimension / 2));
  const design = {
    ...{ gradients: featuresOf(input), dimension, whitening: dial(recipe, 'whitening') },
    ...{ patchKinds: patchKindsOf(recipe), seed: dial(recipe, 'seed') },
  };
  const pairingOf = (file: WeightsFile | null) => {
    const companion = file
      ? storedCompanion(tf, input, design, file)
      : emptyCompanion(tf, input, design);
    const width = companion.dimension + blueprint.dimension;
    const reduction = file
      ? storedReduction(file, width, dimension)
      : emptyProjection(width, dimension);
    return { design, companion, reduction, dimension };
  };
  return { blueprint, pairingOf, dimension };
}

/** Kinds of patches; none in recipes from before there were any. */
function patchKindsOf({ hyperparameters }: NetworkRecipe): number {
  return hyperparameters['patchKinds'] ?? 0;
}

function dial({ hyperparameters }: NetworkRecipe, name: string): number {
  return hyperparameter(hyperparameters, name);
}
