import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer, type RunningServer } from '../../integration/running-server.js';
import type { ProgramOptions, Tools } from './benchmark.js';
import type { HttpLoad, LoadOrder, PaceOrder } from './http-load.js';
import { preparedData, type PreparedData } from './prepared-data.js';
import { Program } from './program.js';
import { pythonHere } from './python.js';

/** The tools of one benchmark, and the end of all that was started with them. */
export class Workbench implements Tools {
  private readonly endings: (() => Promise<unknown>)[] = [];
  private readonly found = pythonHere();
  private readonly loaders = new Map<string, Program>();

  readonly whyNoPython = 'reason' in this.found ? this.found.reason : null;

  note(text: string): void {
    console.error(`  ${text}`);
  }

  async directory(): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'lookalike-bench-'));
    this.endings.push(() => rm(directory, { recursive: true, force: true }));
    return directory;
  }

  data(): Promise<PreparedData> {
    return preparedData((text) => this.note(text));
  }

  async server(
    directory?: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<RunningServer> {
    const server = await startServer(directory ?? (await this.copyOfData()), environment);
    this.endings.push(() => server.stop());
    return server;
  }

  node(name: string, { args = [], environment = {} }: ProgramOptions = {}): Program {
    const file = fileURLToPath(new URL(`../sides/${name}.js`, import.meta.url));
    return this.ended(Program.start(process.execPath, [file, ...args], environment));
  }

  python(name: string, { args = [], environment = {} }: ProgramOptions = {}): Program | null {
    if ('reason' in this.found) return null;
    const file = join('test', 'bench', 'python', `${name}.py`);
    const quiet = { TF_CPP_MIN_LOG_LEVEL: '3', PYTHONDONTWRITEBYTECODE: '1' };
    const program = Program.start(this.found.program, [file, ...args], {
      ...quiet,
      ...environment,
    });
    return this.ended(program);
  }

  load(order: LoadOrder): Promise<HttpLoad> {
    return this.loader('http-load').ask(order);
  }

  pace(order: PaceOrder): Promise<HttpLoad> {
    return this.loader('http-pace').ask(order);
  }

  /** Ends what was started last first: a server before its directory goes. */
  async clear(): Promise<void> {
    for (const end of this.endings.toReversed()) {
      await end().catch((thrown: unknown) => this.note(`could not clear up: ${String(thrown)}`));
    }
  }

  async copyOfData(): Promise<string> {
    const [directory, data] = [await this.directory(), await this.data()];
    await cp(data.directory, directory, { recursive: true });
    return directory;
  }

  private loader(name: string): Program {
    const program = this.loaders.get(name) ?? this.node(name);
    this.loaders.set(name, program);
    return program;
  }

  private ended(program: Program): Program {
    this.endings.push(() => program.close());
    return program;
  }
}
