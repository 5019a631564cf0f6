"""What one would write instead: FastAPI, FAISS and TensorFlow, one worker, the same answers."""

import io
import sys
import threading
import time

import faiss
import numpy as np
import tensorflow as tf
import uvicorn
from fastapi import FastAPI, HTTPException, UploadFile
from PIL import Image

from conversation import answer_requests
from network import encoded
from stored_model import kernels_of, model_in, unit_vectors_in

MODEL_FILE, KERNELS_FILE, VECTORS_FILE = sys.argv[1:4]

model = model_in(MODEL_FILE)
images = model["images"]
row_of = {image["id"]: row for row, image in enumerate(images)}
vectors = unit_vectors_in(VECTORS_FILE, model["dimension"])

faiss.omp_set_num_threads(2)
index = faiss.IndexHNSWFlat(model["dimension"], model["index"]["m"], faiss.METRIC_INNER_PRODUCT)
index.hnsw.efConstruction = model["index"]["efConstruction"]
index.add(vectors)
index.hnsw.efSearch = model["index"]["efSearch"]
faiss.omp_set_num_threads(1)

kernels = [tf.constant(kernel) for kernel in kernels_of(MODEL_FILE, KERNELS_FILE)]


@tf.function(input_signature=[tf.TensorSpec([1, 28, 28, 1], tf.float32)])
def encode(picture):
    code, _ = encoded(kernels, picture)
    return tf.reshape(code, [1, -1])


def neighbours_of(vector, k, left_out=None):
    similarities, rows = index.search(vector, k + 1)
    found = [
        (float(similarity), images[row])
        for similarity, row in zip(similarities[0], rows[0])
        if row >= 0 and row != left_out
    ][:k]
    return {
        "neighbours": [
            {"rank": rank + 1, "distance": 1 - similarity, "similarity": similarity, "image": image}
            for rank, (similarity, image) in enumerate(found)
        ]
    }


app = FastAPI()


@app.get("/similar/{image_id}")
async def similar(image_id: int, k: int = 10):
    row = row_of.get(image_id)
    if row is None:
        raise HTTPException(404)
    return neighbours_of(vectors[row : row + 1], k, row)


def search_picture(content, k):
    picture = Image.open(io.BytesIO(content)).convert("L").resize((28, 28))
    pixels = np.asarray(picture, np.float32).reshape(1, 28, 28, 1) / 255
    vector = encode(tf.constant(pixels)).numpy()
    return neighbours_of(vector / np.linalg.norm(vector), k)


# Not in a thread for each request: with one worker that is slower, at every number of connections.
@app.post("/similar")
async def similar_to_upload(file: UploadFile, k: int = 10):
    return search_picture(await file.read(), k)


def serve():
    """Listens in a thread, so that the conversation can go on in this one."""
    config = uvicorn.Config(
        app, port=0, loop="uvloop", http="httptools", log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    return server.servers[0].sockets[0].getsockname()[1]


port = serve()
answer_requests(lambda _: {"port": port})
