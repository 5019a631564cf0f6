import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { format, stripVTControlCharacters } from 'node:util';
import { reasonOf } from '../domain/errors.js';
import type { Log } from '../ports/log.js';
import { createConsoleFilesHandler } from './console-files.js';
import { createConsolePolicies } from './console-policies.js';
import type { RequestHandler } from './graphql.js';

export interface ConsoleHandler {
  readonly handle: RequestHandler;
  /** Gets it ready, so that the first visitor need not wait; never throws: what fails is logged. */
  prepare(): Promise<void>;
}

/**
 * The console: a built Next.js application. It gets ready when it is first asked for or prepared,
 * neither of which anybody does before the API answers.
 */
export function createConsoleHandler(directory: string, log: Log): ConsoleHandler {
  if (!existsSync(join(directory, '.next', 'BUILD_ID'))) {
    const handle = refuse('The console is not built. Start the server with `npm start`.');
    return { handle, prepare: () => Promise.resolve() };
  }
  const serveFile = createConsoleFilesHandler(directory);
  let started: Promise<RequestHandler | null> | null = null;
  const start = () =>
    (started ??= startNext(directory, log).catch((thrown: unknown) => {
      log.error(`the console did not start: ${reasonOf(thrown)}`);
      started = null; // The next visit tries again.
      return null;
    }));
  return {
    handle: async (request, response) => {
      if (await serveFile(request, response)) return;
      const handle = await start();
      if (handle) await handle(request, response);
      else await refuse('The console did not start; the server log says why.')(request, response);
    },
    prepare: async () => {
      await start();
    },
  };
}

/** Next.js is loaded here and not with the server's own modules: it is as much as all of them. */
async function startNext(directory: string, log: Log): Promise<RequestHandler> {
  relayConsole(log);
  const { default: createNext } = await import('next');
  const create = createNext as unknown as typeof createNext.default;
  const application = create({ dev: false, dir: directory });
  await application.prepare();
  const handle = application.getRequestHandler();
  const setPolicy = createConsolePolicies(directory);
  return (request, response) => {
    setPolicy(request, response);
    return handle(request, response);
  };
}

/** Next.js tells what it does on the console of the process, where a log for programs must have no other lines. */
function relayConsole(log: Log): void {
  const levels = { log: 'info', info: 'info', warn: 'warn', error: 'error' } as const;
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    console[method] = (...words: unknown[]) => {
      const line = stripVTControlCharacters(format(...words)).trim();
      if (line !== '') log[levels[method]](line);
    };
  }
}

function refuse(reason: string): RequestHandler {
  return (_request, response) => {
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${reason}\n`);
    return Promise.resolve();
  };
}
