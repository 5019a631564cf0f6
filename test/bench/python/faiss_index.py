"""Builds an HNSW index with FAISS and one thread, and measures its recall."""

import sys
import time

import faiss
import numpy as np

from conversation import answer_requests
from stored_model import unit_vectors_in

VECTORS_FILE, QUERIES_FILE = sys.argv[1:3]
NEIGHBOURS = 10


def measure(order):
    faiss.omp_set_num_threads(1)
    begun = time.perf_counter()
    vectors = unit_vectors_in(VECTORS_FILE, order["dimension"])
    index = faiss.IndexHNSWFlat(order["dimension"], order["m"], faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = order["efConstruction"]
    index.add(vectors)
    seconds = time.perf_counter() - begun
    queries = unit_vectors_in(QUERIES_FILE, order["dimension"])
    truth = np.argpartition(-(queries @ vectors.T), NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    index.hnsw.efSearch = order["ef"]
    _, found = index.search(queries, NEIGHBOURS)
    hits = sum(len(set(rows) & set(true)) for rows, true in zip(found, truth))
    return {"seconds": seconds, "recall": hits / truth.size}


answer_requests(measure)
