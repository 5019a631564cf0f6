import type { Architecture } from '../architecture.js';
import { encoderHyperparameters, indexHyperparameters } from './shared-hyperparameters.js';

/** The supervised one: pictures of one label are to lie together. */
export const metricEncoder: Architecture = {
  name: 'metric-encoder',
  title: 'Metric learning from labels',
  description:
    'A small residual network turns a picture into a direction, and learns to turn all pictures of one ' +
    'label into the same. It hardly sees a picture twice the same: each is moved and mirrored. ' +
    'It needs labels; images without one are left out of the training, not of the search.',
  reference:
    'Wang, Xiang, Cheng, Yuille: NormFace, ACM Multimedia 2017; He, Zhang, Ren, Sun: Deep Residual ' +
    'Learning for Image Recognition, CVPR 2016',
  loss: 'Mean cross-entropy of the labels, smoothed, in nats.',
  hyperparameters: [
    ...encoderHyperparameters({ epochs: 28, smoothing: 0.05, erased: 0, validationShare: 0.02 }),
    ...indexHyperparameters,
  ],
};
