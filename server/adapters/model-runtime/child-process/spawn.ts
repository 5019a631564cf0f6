import { fork, type ChildProcess } from 'node:child_process';
import { getPriority, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { reasonOf } from '../../../domain/errors.js';
import type { Log } from '../../../ports/log.js';

/** What TensorFlow says at every start, whatever its log level. */
const NOISE = /absl::InitializeLog|oneDNN custom operations are on|TF_ENABLE_ONEDNN_OPTS/;

/** Starts one of our processes, with these words on its command line; what it writes to its standard error goes to the log, less the noise. */
export function spawnProcess(
  entry: string,
  name: string,
  log: Log,
  words: readonly string[] = [],
): ChildProcess {
  const child = fork(entry, words, {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!NOISE.test(line)) log.relay(line, name);
    });
  }
  return child;
}

/** Only ever to a lower priority: raising it again is not allowed to everybody. */
export function lowerPriority({ pid }: ChildProcess, niceness: number, log: Log): void {
  try {
    if (pid !== undefined && getPriority(pid) < niceness) setPriority(pid, niceness);
  } catch (thrown) {
    log.warn(`a child process keeps its priority: ${reasonOf(thrown)}`);
  }
}
