import type { InputSpec, Layer, LayerPart } from '../../domain/model.js';
import { kernelsOf, sizeOf } from './blueprint.js';
import type { Blueprint, Convolution } from './blueprint.js';

type Size = readonly [height: number, width: number];
type Shape = readonly [height: number, width: number, channels: number];

/** Output channels of the three convolutions of each half, as in the tutorial. */
const ENCODER_CHANNELS = [16, 8, 8] as const;
const DECODER_CHANNELS = [8, 8, 16] as const;

/**
 * The tutorial's convolutional autoencoder (Masci et al., ICANN 2011) for any input size: three
 * times convolution, ReLU and max pooling; then three times upsampling, convolution and ReLU; then
 * a convolution to the logits of the pixels. No biases.
 *
 * Pooling halves a side and rounds up; upsampling goes back to exactly the sizes of the encoder.
 */
export function convAutoencoder(input: InputSpec): Blueprint {
  const sizes = encoderSizes(input);
  const [full, half, quarter, eighth] = sizes;
  const widths = [input.channels, ...ENCODER_CHANNELS, ...DECODER_CHANNELS, input.channels];
  const convolution = (
    [height, width]: Size,
    place: number,
    { relu, pooled }: Pick<Convolution, 'relu' | 'pooled'>,
  ): Convolution => ({
    name: `conv${place + 1}`,
    ...{ height, width, relu, pooled },
    inputs: widths[place] ?? 0,
    outputs: widths[place + 1] ?? 0,
  });
  const convolutions = [
    ...[full, half, quarter].map((size, place) =>
      convolution(size, place, { relu: true, pooled: true }),
    ),
    ...[quarter, half, full].map((size, place) =>
      convolution(size, 3 + place, { relu: true, pooled: false }),
    ),
    convolution(full, 6, { relu: false, pooled: false }),
  ];
  return {
    input,
    convolutions,
    encoderLength: ENCODER_CHANNELS.length,
    layers: layersOf(sizes, convolutions),
    parameters: kernelsOf(convolutions),
    latentSize: sizeOf([...eighth, ENCODER_CHANNELS[2]]),
  };
}

/** [height, width] of the input and after each pooling. */
function encoderSizes({ height, width }: InputSpec): readonly [Size, Size, Size, Size] {
  const halved = ([h, w]: Size): Size => [Math.ceil(h / 2), Math.ceil(w / 2)];
  const full: Size = [height, width];
  const half = halved(full);
  const quarter = halved(half);
  return [full, half, quarter, halved(quarter)];
}

/** The network as the tutorial writes it. */
function layersOf(
  [, half, quarter, eighth]: readonly [Size, Size, Size, Size],
  convolutions: readonly Convolution[],
): readonly Layer[] {
  const counts = new Map(kernelsOf(convolutions).map(({ name, shape }) => [name, sizeOf(shape)]));
  const layer = (part: LayerPart, name: string, kind: string, shape: Shape): Layer => ({
    name,
    part,
    kind,
    outputShape: shape,
    parameterCount: counts.get(name) ?? 0,
  });
  return convolutions.flatMap(({ name, height, width, inputs, outputs, relu, pooled }, place) => {
    const number = place + 1;
    const part = place < ENCODER_CHANNELS.length ? 'ENCODER' : 'DECODER';
    const shape: Shape = [height, width, outputs];
    const pooledSize = [half, quarter, eighth][place];
    return [
      ...(part === 'DECODER' && relu
        ? [layer(part, `upsample${number}`, 'Upsampling', [height, width, inputs])]
        : []),
      layer(part, name, 'Convolution 3x3', shape),
      ...(relu ? [layer(part, `relu${number}`, 'ReLU', shape)] : []),
      ...(pooled && pooledSize
        ? [layer(part, `pool${number}`, 'Max pooling 2x2', [...pooledSize, outputs])]
        : []),
    ];
  });
}
