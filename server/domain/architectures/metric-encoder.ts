import type { Architecture, HyperparameterSpec } from '../architecture.js';
import { encoderHyperparameters, indexHyperparameters } from './shared-hyperparameters.js';

const labelWeight: HyperparameterSpec = {
  name: 'labelWeight',
  title: 'Label weight',
  description:
    'How much the label that a picture is taken to bear weighs in its embedding, against the picture itself. ' +
    'Training images are taken at their word, so that wrong labels among them are not suspected any more. With 0, ' +
    'as in models from before there was this dial, labels weigh nothing once the training is over.',
  kind: 'FLOAT',
  default: 2,
  min: 0,
  max: 10,
  isAbsentBefore: true,
  unswept: 'as it counts when the training is over, and no score tells of it',
};

/** The supervised one: pictures of one label are to lie together. */
export const metricEncoder: Architecture = {
  name: 'metric-encoder',
  title: 'Metric learning from labels',
  description:
    'A small residual network turns a picture into a direction, and learns to turn all pictures of one ' +
    'label into the same. It hardly sees a picture twice the same: each is moved, mirrored and partly erased. ' +
    'What it still takes for another label when the training is over, it learns by heart. ' +
    'It needs labels; images without one are left out of the training, not of the search.',
  reference:
    'Wang, Xiang, Cheng, Yuille: NormFace, ACM Multimedia 2017; He, Zhang, Ren, Sun: Deep Residual ' +
    'Learning for Image Recognition, CVPR 2016; Snell, Swersky, Zemel: Prototypical Networks, NIPS 2017; Zhang et ' +
    'al.: Tip-Adapter, ECCV 2022',
  loss: 'Mean cross-entropy of the labels, smoothed, in nats.',
  hyperparameters: [
    ...encoderHyperparameters({ epochs: 40, smoothing: 0.05, erased: 0.5, validationShare: 0.02 }),
    labelWeight,
    ...indexHyperparameters,
  ],
};
