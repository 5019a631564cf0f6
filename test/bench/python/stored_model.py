"""Reads what `prepared-data.ts` writes for programs that know no database of ours."""

import json

import numpy as np


def model_in(file):
    with open(file, encoding="utf-8") as opened:
        return json.load(opened)


def kernels_of(model_file, kernels_file):
    values, at, kernels = np.fromfile(kernels_file, "<f4"), 0, []
    for kernel in model_in(model_file)["kernels"]:
        size = int(np.prod(kernel["shape"]))
        kernels.append(values[at : at + size].reshape(kernel["shape"]))
        at += size
    return kernels


def unit_vectors_in(file, dimension):
    """One a row, of length 1: their inner product is the cosine."""
    vectors = np.fromfile(file, "<f4").reshape(-1, dimension)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
