import type { InputSpec, Layer, LayerPart } from '../../domain/model.js';
import { blockConvolution } from '../ops/block-convolution.js';
import { framed, fromBlocks, toBlocks } from '../ops/blocks.js';
import { maxPoolThenRelu } from '../ops/max-pool.js';
import { relu } from '../ops/relu.js';
import { meanSigmoidCrossEntropy } from '../ops/sigmoid-cross-entropy.js';
import { upsample } from '../ops/upsample.js';
import { upsampledConvolution } from '../ops/upsampled-convolution.js';
import type { Tensor2D, Tensor4D, TensorFlow } from '../tf.js';
import { sizeOf } from './blueprint.js';
import type { Blueprint, ParameterSpec, Parameters } from './blueprint.js';

type Size = readonly [height: number, width: number];
type Shape = readonly [height: number, width: number, channels: number];

/** Output channels of the three convolutions of each half, as in the tutorial. */
const ENCODER_CHANNELS = [16, 8, 8] as const;
const DECODER_CHANNELS = [8, 8, 16] as const;
const KERNEL_SIZE = 3;

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
  const parameters = parametersOf(input.channels);

  const fullDoubles = isTwice(full, half);
  const halfDoubles = isTwice(half, quarter);

  const encode = (tf: TensorFlow, parameter: Parameters, pictures: Tensor4D): Tensor4D =>
    ['conv1', 'conv2', 'conv3'].reduce(
      (x, kernel) => maxPoolThenRelu(tf, convolve(tf, x, parameter(kernel))),
      pictures,
    );

  /** The logits; in 2x2 blocks where the last sides double, for that is how they are computed. */
  const decode = (tf: TensorFlow, parameter: Parameters, code: Tensor4D): Tensor4D => {
    const upsampledLayer = (x: Tensor4D, size: Size, kernel: string): Tensor4D =>
      relu(tf, convolve(tf, upsample(tf, x, ...size), parameter(kernel)));

    const h4 = upsampledLayer(code, quarter, 'conv4');
    if (!fullDoubles) {
      const h5 = upsampledLayer(h4, half, 'conv5');
      return convolve(tf, upsampledLayer(h5, full, 'conv6'), parameter('conv7'));
    }
    const framedH5 = halfDoubles
      ? fromBlocks(tf, upsampledConvolution(tf, framed(tf, h4), parameter('conv5')))
      : framed(tf, upsampledLayer(h4, half, 'conv5'));
    const h6 = upsampledConvolution(tf, framedH5, parameter('conv6'));
    return blockConvolution(tf, h6, parameter('conv7'));
  };

  const redraw = (tf: TensorFlow, parameter: Parameters, code: Tensor4D): Tensor4D => {
    const logits = decode(tf, parameter, code);
    return fullDoubles ? fromBlocks(tf, logits) : logits;
  };

  return {
    layers: layersOf(sizes, input.channels, parameters),
    parameters,
    latentSize: sizeOf([...eighth, ENCODER_CHANNELS[2]]),
    encode: (tf, parameter, pictures) => rows(encode(tf, parameter, pictures)),
    logits: (tf, parameter, pictures) => redraw(tf, parameter, encode(tf, parameter, pictures)),
    encodeAndRedraw: (tf, parameter, pictures) => {
      const code = encode(tf, parameter, pictures);
      return { code: rows(code), logits: redraw(tf, parameter, code) };
    },
    loss: (tf, parameter, pictures) => {
      const logits = decode(tf, parameter, encode(tf, parameter, pictures));
      // A mean does not mind the order of pixels: the targets go into blocks, not the logits out.
      return meanSigmoidCrossEntropy(tf, logits, fullDoubles ? toBlocks(tf, pictures) : pictures);
    },
  };
}

/** Where sides exactly double, upsampling and convolution are done in one, at the smaller size. */
function isTwice(large: Size, small: Size): boolean {
  return large.every((side, axis) => side === 2 * (small[axis] ?? 0));
}

/** Each picture's grid as one row of numbers. */
function rows(code: Tensor4D): Tensor2D {
  return code.reshape([code.shape[0], -1]);
}

function convolve(tf: TensorFlow, x: Tensor4D, kernel: Tensor4D): Tensor4D {
  return tf.conv2d(x, kernel, 1, 'same');
}

/** [height, width] of the input and after each pooling. */
function encoderSizes({ height, width }: InputSpec): readonly [Size, Size, Size, Size] {
  const halved = ([h, w]: Size): Size => [Math.ceil(h / 2), Math.ceil(w / 2)];
  const full: Size = [height, width];
  const half = halved(full);
  const quarter = halved(half);
  return [full, half, quarter, halved(quarter)];
}

function parametersOf(channels: number): readonly ParameterSpec[] {
  const widths = [channels, ...ENCODER_CHANNELS, ...DECODER_CHANNELS, channels];
  return widths.slice(1).map((outputs, position) => ({
    name: `conv${position + 1}`,
    shape: [KERNEL_SIZE, KERNEL_SIZE, widths[position] ?? 0, outputs],
  }));
}

/** The network as the tutorial writes it; that pooling comes before ReLU is how it is computed. */
function layersOf(
  [full, half, quarter, eighth]: readonly [Size, Size, Size, Size],
  channels: number,
  parameters: readonly ParameterSpec[],
): readonly Layer[] {
  const counts = new Map(parameters.map(({ name, shape }) => [name, sizeOf(shape)]));
  const layer = (part: LayerPart, name: string, kind: string, shape: Shape): Layer => ({
    name,
    part,
    kind,
    outputShape: shape,
    parameterCount: counts.get(name) ?? 0,
  });
  const encoder = [full, half, quarter, eighth].slice(1).flatMap((pooled, position) => {
    const before = [full, half, quarter][position] ?? full;
    const width = ENCODER_CHANNELS[position] ?? 0;
    const number = position + 1;
    return [
      layer('ENCODER', `conv${number}`, 'Convolution 3x3', [...before, width]),
      layer('ENCODER', `relu${number}`, 'ReLU', [...before, width]),
      layer('ENCODER', `pool${number}`, 'Max pooling 2x2', [...pooled, width]),
    ];
  });
  const decoder = [quarter, half, full].flatMap((size, position) => {
    const before = position === 0 ? ENCODER_CHANNELS[2] : (DECODER_CHANNELS[position - 1] ?? 0);
    const width = DECODER_CHANNELS[position] ?? 0;
    const number = position + 4;
    return [
      layer('DECODER', `upsample${number}`, 'Upsampling', [...size, before]),
      layer('DECODER', `conv${number}`, 'Convolution 3x3', [...size, width]),
      layer('DECODER', `relu${number}`, 'ReLU', [...size, width]),
    ];
  });
  const output = layer('DECODER', 'conv7', 'Convolution 3x3', [...full, channels]);
  return [...encoder, ...decoder, output];
}
