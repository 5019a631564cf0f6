"""Embeds all TRAIN images with the encoder in TensorFlow: bytes in memory to vectors in memory."""

import gzip
import sys
import time

import numpy as np
import tensorflow as tf

from conversation import answer_requests
from network import encoded
from stored_model import kernels_of

MODEL_FILE, KERNELS_FILE, IMAGES_FILE = sys.argv[1:4]
BATCH, HEADER = 512, 16

kernels = [tf.constant(kernel) for kernel in kernels_of(MODEL_FILE, KERNELS_FILE)]
with gzip.open(IMAGES_FILE) as file:
    pixels = np.frombuffer(file.read(), np.uint8, offset=HEADER).reshape(-1, 28, 28, 1)


@tf.function(input_signature=[tf.TensorSpec([None, 28, 28, 1], tf.uint8)])
def encode(pictures):
    code, _ = encoded(kernels, tf.cast(pictures, tf.float32) / 255.0)
    return tf.reshape(code, [tf.shape(code)[0], -1])


def measure(_):
    begun = time.perf_counter()
    batches = [encode(pixels[at : at + BATCH]).numpy() for at in range(0, len(pixels), BATCH)]
    embeddings = np.concatenate(batches)
    return {"seconds": time.perf_counter() - begun, "first": embeddings[0].tolist()}


answer_requests(measure)
