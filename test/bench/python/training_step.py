"""The tutorial's network in TensorFlow: one training step, as a tf.function with Keras's Adam."""

import sys
import time

import numpy as np
import tensorflow as tf

from conversation import answer_requests
from network import redrawn_logits

BATCH, SIDE = 400, 28
PIXELS_FILE, START_FILE = sys.argv[1:3]
CHANNELS = [(1, 16), (16, 8), (8, 8), (8, 8), (8, 8), (8, 16), (16, 1)]

start = np.fromfile(START_FILE, "<f4")
pixels = np.fromfile(PIXELS_FILE, "<f4").reshape(BATCH, SIDE, SIDE, 1)
kernels = []
for before, after in CHANNELS:
    size = 9 * before * after
    kernels.append(tf.Variable(start[:size].reshape(3, 3, before, after)))
    start = start[size:]
batch = tf.constant(pixels)
first = [tf.Variable(tf.zeros_like(kernel)) for kernel in kernels]
second = [tf.Variable(tf.zeros_like(kernel)) for kernel in kernels]
count = tf.Variable(0.0)


@tf.function
def step(pictures):
    with tf.GradientTape() as tape:
        logits = redrawn_logits(kernels, pictures)
        loss = tf.reduce_mean(
            tf.nn.sigmoid_cross_entropy_with_logits(labels=pictures, logits=logits)
        )
    gradients = tape.gradient(loss, kernels)
    count.assign_add(1.0)
    for kernel, m, v, gradient in zip(kernels, first, second, gradients):
        tf.raw_ops.ResourceApplyAdam(
            var=kernel.handle, m=m.handle, v=v.handle, grad=gradient, lr=0.001,
            beta1=0.9, beta2=0.999, epsilon=1e-8,
            beta1_power=tf.pow(0.9, count), beta2_power=tf.pow(0.999, count),
        )
    return loss


def measure(steps):
    """Milliseconds a step, and the loss of the last."""
    begun = time.perf_counter()
    for _ in range(steps):
        loss = step(batch)
    last = float(loss.numpy())
    return {"milliseconds": (time.perf_counter() - begun) * 1000 / steps, "loss": last}


answer_requests(measure)
