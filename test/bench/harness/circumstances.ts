import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import type { Circumstances } from './results.js';
import { pythonHere } from './python.js';

interface BindingWithVersion {
  readonly binding: { readonly TF_Version: string };
}

/** This machine and what runs on it. Loads TensorFlow: for a process of its own. */
export async function circumstances(): Promise<Circumstances> {
  const tf = await loadTensorFlow();
  const { binding } = tf.backend() as unknown as BindingWithVersion;
  const python = pythonHere();
  return {
    machine: {
      cpu: os.cpus()[0]?.model.trim() ?? 'an unknown processor',
      cores: os.availableParallelism(),
      memoryGiB: Math.round(os.totalmem() / 2 ** 30),
      system: `${os.type()} ${os.release().split('-', 1)[0] ?? ''}`,
    },
    versions: {
      node: process.versions.node,
      libtensorflow: binding.TF_Version,
      ...('versions' in python ? python.versions : {}),
    },
  };
}

/** The commit of the working tree, with a plus where files differ from it. */
export function commitHere(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const changes = git('status', '--porcelain', '--untracked-files=no');
    return git('rev-parse', '--short', 'HEAD') + (changes === '' ? '' : '+');
  } catch {
    return 'no commit'; // an unpacked archive
  }
}
