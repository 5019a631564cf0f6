import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backendOf } from '../tf.js';
import type { Tensor, TensorFlow } from '../tf.js';
import { recordGraph } from './recording.js';
import { GRAPH_TAG, savedModel } from './saved-model.js';

/** A function of tensors that TensorFlow runs as one graph. */
export interface CompiledFunction {
  /** @param inputs of the shapes it was compiled for @returns new tensors */
  run(inputs: readonly Tensor[]): Tensor[];
  dispose(): void;
}

/**
 * Compiles a function of tensors that does the same operations whatever its inputs hold.
 *
 * Identity: the graph is the very operations that the function runs one by one, in TensorFlow's own
 * executor. What it saves is the way from JavaScript to the library and back for each of them, and
 * TensorFlow may fuse neighbours, write over what nobody reads any more, and run what does not
 * depend on each other at once (Abadi et al.: TensorFlow: A System for Large-Scale Machine Learning,
 * OSDI 2016; what `tf.function` does in Python).
 * @param examples inputs of the shapes to compile for; the function is run on them once
 */
export function compileFunction(
  tf: TensorFlow,
  examples: readonly Tensor[],
  run: (...inputs: Tensor[]) => readonly Tensor[],
): CompiledFunction {
  const graph = recordGraph(tf, examples, run);
  const backend = backendOf(tf);
  const session = withFolder((folder) => {
    writeFileSync(join(folder, 'saved_model.pb'), savedModel(graph.nodes));
    return backend.loadSavedModelMetaGraph(folder, GRAPH_TAG);
  });
  const infos = graph.inputs.map((name) => ({ name, dtype: 'float32' as const }));
  const outputs = [...graph.outputs];
  return {
    run: (inputs) => backend.runSavedModel(session, [...inputs], infos, outputs),
    dispose: () => backend.deleteSavedModel(session),
  };
}

/** The library loads graphs from files only. */
function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'lookalike-graph-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
