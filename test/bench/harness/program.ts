import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Before a line that is an answer; whatever else a program prints is no business of ours. */
export const ANSWER = '@bench ';

const PATIENCE_SECONDS = 180;
const END_MS = 5_000;
const KEPT_OUTPUT = 4_000;

type Answer = { readonly answer: unknown } | { readonly error: string };

/** A process that answers one request at a time: lines of JSON, in on stdin and out on stdout. */
export class Program {
  private output = '';
  private failure: Error | null = null;
  private waiting: ((answer: Answer) => void) | null = null;

  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
    private readonly onOutput: (text: string) => void,
  ) {
    child.stderr?.on('data', (chunk: Buffer) => this.keep(chunk.toString()));
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => this.read(line));
    }
    child.stdin?.on('error', () => undefined); // 'close' tells why
    child.once('error', (error) => this.fail(`cannot be started: ${error.message}`));
    child.once('close', (code, signal) => this.fail(`ended with ${signal ?? code}`));
  }

  static start(
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    /** Told of what it prints that is no answer; the last of it is kept in any case. */
    onOutput: (text: string) => void = () => undefined,
  ): Program {
    const child = spawn(command, args, {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return new Program(child, args.findLast((arg) => /\.(js|py)$/.test(arg)) ?? command, onOutput);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** @throws Error with the program's own words when it fails, ends, or takes too long */
  ask<T>(request: unknown, seconds = PATIENCE_SECONDS): Promise<T> {
    if (this.waiting) throw new Error(`${this.name} is still at its last request.`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.answer({ error: `has not answered for ${seconds} seconds` });
      }, seconds * 1000);
      this.waiting = (answer) => {
        clearTimeout(timer);
        if ('answer' in answer) resolve(answer.answer as T);
        else reject(new Error(`${this.name} ${answer.error}\n${this.output}`));
      };
      if (this.failure) this.answer({ error: this.failure.message });
      else this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    });
  }

  /** Ends its input, then the program itself if that does not. */
  async close(): Promise<void> {
    if (this.failure) return;
    const closed = new Promise((resolve) => this.child.once('close', resolve));
    this.child.stdin?.end();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), END_MS);
    await closed;
    clearTimeout(timer);
  }

  private read(line: string): void {
    if (line.startsWith(ANSWER)) this.answer(JSON.parse(line.slice(ANSWER.length)) as Answer);
    else this.keep(`${line}\n`);
  }

  private answer(answer: Answer): void {
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.(answer);
  }

  private fail(how: string): void {
    this.failure ??= new Error(how);
    this.answer({ error: how });
  }

  private keep(text: string): void {
    this.onOutput(text);
    this.output = (this.output + text).slice(-KEPT_OUTPUT);
  }
}
