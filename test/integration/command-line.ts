import { spawn } from 'node:child_process';
import { ADMIN_KEY } from './admin-key.js';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line, at work. */
export interface RunningCommand {
  readonly ended: Promise<Ended>;
  /** What it has written so far. */
  output(): string;
  signal(signal: NodeJS.Signals): void;
}

export function startCommand(words: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, ['build/server/cli.js', ...words], {
    env: { ...process.env, LOOKALIKE_KEY: ADMIN_KEY },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return {
    ended: new Promise((resolve) => {
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    }),
    output: () => stdout + stderr,
    signal: (signal) => child.kill(signal),
  };
}

export function runCommand(...words: readonly string[]): Promise<Ended> {
  return startCommand(words).ended;
}
