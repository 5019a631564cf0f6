"""The tutorial's network as anybody would write it in TensorFlow."""

import tensorflow as tf


def encoded(kernels, pictures):
    """The bottleneck, with the sizes on the way to it."""
    h, sizes = pictures, []
    for kernel in kernels[:3]:
        sizes.append(h.shape[1])
        h = tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(h, kernel, 1, "SAME")), 2, 2, "SAME")
    return h, sizes


def redrawn_logits(kernels, pictures):
    h, sizes = encoded(kernels, pictures)
    for kernel, size in zip(kernels[3:6], reversed(sizes)):
        h = tf.compat.v1.image.resize_nearest_neighbor(h, (size, size))
        h = tf.nn.relu(tf.nn.conv2d(h, kernel, 1, "SAME"))
    return tf.nn.conv2d(h, kernels[6], 1, "SAME")
