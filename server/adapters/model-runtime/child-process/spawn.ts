import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What TensorFlow says at every start, whatever its log level. */
const NOISE = /absl::InitializeLog|oneDNN custom operations are on|TF_ENABLE_ONEDNN_OPTS/;

/** Starts one of our processes; what it writes to its standard error goes to ours, less the noise. */
export function spawnProcess(entry: string): ChildProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!NOISE.test(line)) process.stderr.write(`${line}\n`);
    });
  }
  return child;
}
