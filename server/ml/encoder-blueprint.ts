import type { InputSpec, Layer } from '../domain/model.js';

/**
 * 3x3 'same' convolution without bias, batch normalisation, ReLU. Then 2x2 max pooling, where an odd
 * last row or column is a window of its own; or, where it is joined, the sum with the input of the
 * unit before (He et al., arXiv:1512.03385).
 */
export interface EncoderUnit {
  readonly outputs: number;
  readonly pooled: boolean;
  readonly joined: boolean;
}

/** Where the numbers of a unit are in the flat vectors of parameters and of moments. */
export interface UnitPlaces {
  readonly inputs: number;
  /** [3, 3, inputs, outputs] */
  readonly kernel: number;
  /** [outputs] */
  readonly scale: number;
  /** [outputs] */
  readonly shift: number;
}

/** What an encoder is for one input size: units, the mean over all pixels, a matrix to the embedding. */
export interface EncoderBlueprint {
  readonly input: InputSpec;
  readonly units: readonly EncoderUnit[];
  readonly places: readonly UnitPlaces[];
  /** Numbers of an embedding. */
  readonly dimension: number;
  /** Where the matrix [outputs of the last unit, dimension] starts. */
  readonly projection: number;
  readonly parameterCount: number;
  /** Numbers in the flat vector of moments: of each unit the means, then the variances. */
  readonly momentCount: number;
  readonly layers: readonly Layer[];
}

const TAPS = 9;

export function encoderBlueprint(
  input: InputSpec,
  units: readonly EncoderUnit[],
  dimension: number,
): EncoderBlueprint {
  const places: UnitPlaces[] = [];
  const layers: Layer[] = [];
  let [height, width, channels] = [input.height, input.width, input.channels];
  let parameterCount = 0;
  let momentCount = 0;
  units.forEach(({ outputs, pooled, joined }, at) => {
    const kernel = parameterCount;
    const scale = kernel + TAPS * channels * outputs;
    const shift = scale + outputs;
    places.push({ inputs: channels, kernel, scale, shift });
    parameterCount = shift + outputs;
    momentCount += 2 * outputs;
    if (pooled) [height, width] = [Math.ceil(height / 2), Math.ceil(width / 2)];
    channels = outputs;
    const after = pooled ? ', max pooling 2x2' : joined ? ', plus the input of the one before' : '';
    layers.push({
      name: `unit${at + 1}`,
      part: 'ENCODER',
      kind: `Convolution 3x3, batch normalisation, ReLU${after}`,
      outputShape: [height, width, outputs],
      parameterCount: parameterCount - kernel,
    });
  });
  const projection = parameterCount;
  parameterCount += channels * dimension;
  layers.push({
    name: 'projection',
    part: 'ENCODER',
    kind: 'Mean over all pixels, linear',
    outputShape: [dimension],
    parameterCount: channels * dimension,
  });
  return { input, units, places, dimension, projection, parameterCount, momentCount, layers };
}
