/** What is measured when somebody asks for it: what it is, and what tells its values apart. */
export const GAUGES = {
  http_connections: { help: 'Open connections.', labels: [] },
  http_requests_open: { help: 'Requests that are being answered.', labels: [] },
  websockets: { help: 'Open WebSockets.', labels: [] },
  subscriptions: { help: 'Operations that go on over WebSockets.', labels: [] },
  write_queue: { help: 'Changes of images that wait for their turn.', labels: [] },
  training_queue: { help: 'Training runs that wait for a trainer.', labels: [] },
  runs: { help: 'Training runs by status.', labels: ['status'] },
  run_epochs_done: { help: 'Epochs of the running training run.', labels: ['run', 'dataset'] },
  run_epoch_seconds: { help: 'Duration of its last epoch.', labels: ['run', 'dataset'] },
  run_loss: { help: 'Loss of its last epoch.', labels: ['run', 'dataset'] },
  trainer_tensors: { help: 'Tensors that the trainer holds.', labels: [] },
  trainer_tensor_bytes: { help: 'Bytes of these tensors.', labels: [] },
  images: { help: 'Images of a dataset.', labels: ['dataset'] },
  index_vectors: {
    help: 'Vectors in the index of the active model.',
    labels: ['dataset', 'model', 'split'],
  },
  index_bytes: {
    help: 'Bytes on disk of the index of the active model.',
    labels: ['dataset', 'model', 'split'],
  },
  model_recall_at_10: {
    help: 'Share of the true ten nearest that a search finds, as the last evaluation measured it.',
    labels: ['dataset', 'model'],
  },
  child_resident_memory_bytes: { help: 'Memory of a child process.', labels: ['process'] },
  child_cpu_seconds: { help: 'Processor time of a child process.', labels: ['process'] },
} as const satisfies Readonly<
  Record<string, { readonly help: string; readonly labels: readonly string[] }>
>;

export type GaugeName = keyof typeof GAUGES;

/** A value of a gauge, with the values of its labels in their order. */
export type Reading = readonly [name: GaugeName, value: number, ...labels: string[]];
