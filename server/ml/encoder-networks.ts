import { hyperparameter } from '../domain/architecture.js';
import type { InputSpec } from '../domain/model.js';
import type { NetworkRecipe } from '../ports/networks.js';
import { EmbeddingNetwork, emptyDecoder, storedDecoder } from './embedding-network.js';
import type { EncoderBlueprint } from './encoder-blueprint.js';
import { EncoderEmbedder, storedEncoder } from './encoder-embedder.js';
import { EncoderInTraining } from './encoder-in-training.js';
import type { Companion } from './encoder-in-training.js';
import { encoderStart, momentStart } from './encoder-start.js';
import type { Features } from './features.js';
import type { NetworkBuilder } from './network-builder.js';
import { PairedEmbedder } from './paired-embedder.js';
import { emptyProjection, ProjectionEmbedder, storedProjection } from './projection-embedder.js';
import { readFileOf, storedVector } from './stored-parameters.js';
import type { TargetsOf } from './targets.js';
import type { TensorFlow } from './tf.js';

/** What an encoder is, and what it learns. */
export interface EncoderDesign {
  readonly blueprintOf: (input: InputSpec, dimension: number) => EncoderBlueprint;
  /** Of the embedder beside it, which takes half of the dimensions; null for none. */
  readonly featuresOf: ((input: InputSpec) => Features) | null;
  readonly targetsOf: (tf: TensorFlow, recipe: NetworkRecipe) => TargetsOf;
}

/** Encoders that learn to point the embeddings of pictures to targets. */
export function encoderNetworks(design: EncoderDesign): NetworkBuilder {
  return {
    create: (tf, recipe) => {
      const { blueprint, beside } = partsOf(design, recipe);
      const parameters = encoderStart(blueprint, dial(recipe, 'seed'));
      const progress = {
        ...{ epoch: 0, step: 0, current: parameters },
        velocity: new Float32Array(parameters.length),
        averaged: { parameters, moments: momentStart(blueprint) },
      };
      const companion = beside && {
        ...beside,
        projection: emptyProjection(beside.features, beside.dimension),
      };
      const decoder = emptyDecoder(dimensionOf(blueprint, beside), recipe.input);
      const targetsOf = design.targetsOf(tf, recipe);
      return new EncoderInTraining(tf, recipe, blueprint, progress, companion, decoder, targetsOf);
    },
    resume: (tf, recipe, checkpoint) => {
      const { blueprint, beside } = partsOf(design, recipe);
      const file = readFileOf(recipe, 'CHECKPOINT', checkpoint);
      const progress = {
        ...{ epoch: file.epoch, step: file.step },
        current: storedVector(file, 'current'),
        velocity: storedVector(file, 'velocity'),
        averaged: storedEncoder(file, blueprint),
      };
      const companion = beside && {
        ...beside,
        projection: storedProjection(file, beside.features, beside.dimension),
      };
      const decoder = storedDecoder(file, dimensionOf(blueprint, beside), recipe.input);
      const targetsOf = design.targetsOf(tf, recipe);
      return new EncoderInTraining(tf, recipe, blueprint, progress, companion, decoder, targetsOf);
    },
    load: (tf, recipe, weights) => {
      const { blueprint, beside } = partsOf(design, recipe);
      const file = readFileOf(recipe, 'WEIGHTS', weights);
      const encoder = new EncoderEmbedder(tf, blueprint, storedEncoder(file, blueprint));
      const decoder = storedDecoder(file, dimensionOf(blueprint, beside), recipe.input);
      if (!beside) return new EmbeddingNetwork(tf, recipe, encoder, decoder);
      const { features, dimension } = beside;
      const projection = storedProjection(file, features, dimension);
      const first = new ProjectionEmbedder(tf, features, dimension, projection);
      return new EmbeddingNetwork(tf, recipe, new PairedEmbedder(tf, first, encoder), decoder);
    },
  };
}

/** The parts of a network whose embeddings have as many numbers as its dial says. */
function partsOf(
  { blueprintOf, featuresOf }: EncoderDesign,
  recipe: NetworkRecipe,
): { readonly blueprint: EncoderBlueprint; readonly beside: Omit<Companion, 'projection'> | null } {
  const dimension = dial(recipe, 'dimension');
  if (!featuresOf) return { blueprint: blueprintOf(recipe.input, dimension), beside: null };
  const features = featuresOf(recipe.input);
  const half = Math.min(features.length, Math.floor(dimension / 2));
  return {
    blueprint: blueprintOf(recipe.input, dimension - half),
    beside: { features, dimension: half, whitening: dial(recipe, 'whitening') },
  };
}

function dimensionOf(
  blueprint: EncoderBlueprint,
  beside: Omit<Companion, 'projection'> | null,
): number {
  return blueprint.dimension + (beside?.dimension ?? 0);
}

function dial({ hyperparameters }: NetworkRecipe, name: string): number {
  return hyperparameter(hyperparameters, name);
}
