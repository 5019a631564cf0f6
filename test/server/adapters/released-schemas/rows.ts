import { createHash } from 'node:crypto';

type Cell = string | number | null | Uint8Array;
/** A table with one row for it. */
export type Row = readonly [table: string, cells: Readonly<Record<string, Cell>>];

/** When everything in the fixtures happened. */
export const AT = Date.UTC(2026, 0, 2, 3, 4, 5);

/** The bytes that rows of the fixtures bear; one is a file of its own, the others lie in the pack. */
export const BLOBS = new Map(
  [
    ...['picture 1', 'picture 2', 'picture 3', 'picture 4', 'thumbnail 3'],
    ...['redrawn 1', 'checkpoint 1', 'checkpoint 2', 'weights 1', 'weights 4'],
    ...['checkpoint 5', 'best 5', 'map 1'],
  ].map((name) => {
    const bytes = Buffer.from(name === 'weights 1' ? name.repeat(5000) : name);
    return [name, { id: createHash('sha256').update(bytes).digest('hex'), bytes }] as const;
  }),
);

export function blobId(name: string): string {
  const blob = BLOBS.get(name);
  if (!blob) throw new Error(`no blob is named ${name}`);
  return blob.id;
}

/** What was new with each schema, in the columns that it had then. */
export const ROWS: Readonly<Record<string, readonly Row[]>> = {
  '001-initial': [
    [
      'dataset',
      {
        ...{ id: 1, name: 'clothes', title: 'Clothes', status: 'READY', imported_count: 2 },
        ...{ expected_count: 2, active_model_id: 1, first_run_queued: 1, created_at: AT },
      },
    ],
    ['image', image(1, { label: 'Bag', split: 'TRAIN' })],
    ['image', image(2, { label: "it's a shirt", split: 'TEST' })],
    ['training_run', run(1, { status: 'SUCCEEDED', epochs_done: 2, finished_at: AT + 2000 })],
    ['training_run', run(2, { status: 'RUNNING', phase: 'TRAINING', lease_token: 'held' })],
    ['epoch', epoch(1, 1, 0.5)],
    ['epoch', epoch(1, 2, 0.25)],
    ['epoch', epoch(2, 1, 0.125)],
    ['epoch_reconstruction', { run_id: 1, epoch: 2, image_id: 1, blob_id: blobId('redrawn 1') }],
    ['checkpoint', { run_id: 1, epoch: 2, blob_id: blobId('checkpoint 1') }],
    ['checkpoint', { run_id: 2, epoch: 1, blob_id: blobId('checkpoint 2') }],
    ['run_log', { run_id: 1, line: 1, at: AT, message: 'training on 1 images' }],
    ['model', model(1)],
    ['model_index', index(1, 'TRAIN')],
    ['model_index', index(1, 'TEST')],
    ['embedding', { model_id: 1, image_id: 1, vector: vector(0.5, -1) }],
    ['embedding', { model_id: 1, image_id: 2, vector: vector(0, 2) }],
  ],
  '002-own-pictures': [
    [
      'image',
      {
        ...image(3, { format: 'PNG', label: null, split: 'TRAIN' }),
        ...{ thumbnail_blob_id: blobId('thumbnail 3'), has_alpha: 1, added_at: AT + 3 },
      },
    ],
    ['image', { ...image(4, { label: null, split: 'TRAIN' }), added_at: AT + 4 }],
    ['image_metadata', { image_id: 3, key: 'colour', value: 'röd' }],
    [
      'refusal',
      { dataset_id: 1, name: 'x.txt', code: 'UPLOAD_NOT_AN_IMAGE', message: 'no', at: AT },
    ],
    ['embedding_failure', { model_id: 1, image_id: 3, message: 'cannot be read' }],
    ['embedding', { model_id: 1, image_id: 4, vector: vector(1, 1), reconstruction_error: 0.25 }],
    [
      'training_run',
      { ...run(3, { status: 'QUEUED' }), input: '{"width":16,"height":16,"channels":3}' },
    ],
    ['training_run', run(4, { status: 'SUCCEEDED', epochs_done: 2 })],
    ['model', { ...model(4), statistics: '{"distanceQuantiles":[0,1],"errorQuantiles":[]}' }],
  ],
  '003-doomed-blobs': [['doomed_blob', { blob_id: 'd'.repeat(64) }]],
  '004-recall-target': [
    [
      'model_index',
      {
        ...index(4, 'TRAIN'),
        ...{ recall_target: 0.99, recall_curve: '[{"ef":48,"recall":0.995,"microseconds":30}]' },
      },
    ],
  ],
  '005-short-blob-index': [],
  '006-model-activations': [
    ['model_activation', activation(1, null, 'RUN', 1)],
    ['model_activation', activation(4, 1, 'RUN', 4)],
    ['model_activation', activation(1, 4, 'HAND', 4)],
  ],
  '007-validation': [
    ['training_run', run(5, { status: 'CANCELLED', epochs_done: 1 })],
    ['epoch', { ...epoch(5, 1, 0.75), validation: '{"value":0.5,"queryCount":3}' }],
    ['epoch_neighbours', { run_id: 5, epoch: 1, image_id: 1, neighbour_ids: '[4,3]' }],
    ['checkpoint', { run_id: 5, epoch: 1, blob_id: blobId('checkpoint 5') }],
    ['best_checkpoint', { run_id: 5, epoch: 1, blob_id: blobId('best 5') }],
  ],
  '008-embedding-maps': [
    [
      'embedding_map',
      {
        ...{ model_id: 1, kind: 'PCA', status: 'SUCCEEDED', progress: 1, attempts: 1 },
        ...{ blob_id: blobId('map 1'), cancel_requested: 0, created_at: AT, finished_at: AT },
      },
    ],
  ],
  '009-sweeps': [
    [
      'sweep',
      {
        ...{
          id: 1,
          dataset_id: 1,
          architecture: 'conv-autoencoder',
          hyperparameters: '{"epochs":2}',
        },
        ...{ dials: '[]', input: '{"width":28,"height":28,"channels":1}', budget_seconds: 600 },
        ...{ seed: 7, created_at: AT },
      },
    ],
    [
      'training_run',
      {
        ...run(6, { status: 'CANCELLED', epochs_done: 1 }),
        ...{ sweep_id: 1, follows_sweep: 1, stop_reason: 'LAGGING', worked: 1500 },
      },
    ],
  ],
  '011-access': [
    ['access_key', key(1, { name: 'first', role: 'ADMIN', is_scoped: 0 })],
    ['access_key', key(2, { name: 'shop', role: 'SEARCH', is_scoped: 1, last_used_at: AT })],
    ['access_key_dataset', { key_id: 2, dataset_id: 1 }],
    [
      'session',
      {
        ...{ id: 1, key_id: 1, hash: 'session', previous_hash: null, created_at: AT },
        ...{ rotated_at: AT, expires_at: Date.UTC(2200, 0, 1) },
      },
    ],
  ],
  '012-audit': [
    [
      'audit_entry',
      {
        ...{ id: 1, at: AT, key_id: 2, session_id: null, caller: 'shop', address: '10.0.0.7' },
        ...{ action: 'addImages', subject: 'dataset 1', outcome: 'FORBIDDEN', is_refusal: 1 },
      },
    ],
  ],
  '013-run-origin': [
    ['training_run', { ...run(7, { status: 'QUEUED', epochs_done: 0 }), request_id: 'request 7' }],
  ],
};

function image(id: number, changes: Readonly<Record<string, Cell>>) {
  const said = { dataset_id: 1, name: `train/${id}`, blob_id: blobId(`picture ${id}`) };
  const seen = { format: 'RAW', width: 28, height: 28, channels: 1, byte_length: 9 };
  return { id, ...said, ...seen, ...changes };
}

function run(id: number, changes: Readonly<Record<string, Cell>>) {
  return {
    ...{ id, dataset_id: 1, architecture: 'conv-autoencoder', hyperparameters: '{"epochs":2}' },
    ...{ phase: null, phase_progress: 0, epochs_done: 1, failure: null, attempts: 0 },
    ...{ cancel_requested: 0, lease_token: null, lease_expires_at: AT, created_at: AT },
    ...{ started_at: AT, finished_at: null, ...changes },
  };
}

function epoch(run_id: number, number: number, loss: number) {
  return { run_id, epoch: number, loss, seconds: 1.5, finished_at: AT + number };
}

function model(id: number) {
  return {
    ...{ id, dataset_id: 1, architecture: 'conv-autoencoder', hyperparameters: '{"epochs":2}' },
    ...{ input: '{"width":28,"height":28,"channels":1}', latent_size: 2, layers: '[]' },
    ...{ weights_blob_id: blobId(`weights ${id}`), evaluation: '{"queryCount":0}' },
    created_at: AT + id,
  };
}

function index(model_id: number, split: string) {
  return {
    ...{ model_id, split, id: `index-${model_id}-${split}`, metric: 'COSINE', size: 1, m: 16 },
    ...{ ef_construction: 200, ef_search: 77, build_seconds: 1.5, byte_length: 1000 },
  };
}

function activation(model_id: number, previous: number | null, cause: string, at: number) {
  const rest = { previous_model_id: previous, cause, forced: 0, at: AT + at };
  return { dataset_id: 1, model_id, ...rest };
}

function key(id: number, changes: Readonly<Record<string, Cell>>) {
  const rest = { from_setting: 0, created_at: AT, expires_at: null, revoked_at: null };
  return { id, hash: `hash ${id}`, ...rest, last_used_at: null, ...changes };
}

function vector(...numbers: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(numbers).buffer);
}
