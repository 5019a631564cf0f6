import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '../domain/errors.js';
import type { Log } from '../ports/log.js';
import type { RequestHandler } from './graphql.js';

/**
 * The console: a built Next.js application. It gets ready when it is first asked for, which nobody
 * does before the API answers.
 */
export function createConsoleHandler(directory: string, log: Log): RequestHandler {
  if (!existsSync(join(directory, '.next', 'BUILD_ID'))) {
    return refuse('The console is not built. Start the server with `npm start`.');
  }
  let ready: Promise<RequestHandler | null> | null = null;
  return async (request, response) => {
    ready ??= prepare(directory).catch((thrown: unknown) => {
      log.error(`the console did not start: ${reasonOf(thrown)}`);
      ready = null; // The next visit tries again.
      return null;
    });
    const handle = await ready;
    if (handle) await handle(request, response);
    else await refuse('The console did not start; the server log says why.')(request, response);
  };
}

/** Next.js is loaded here and not with the server's own modules: it is as much as all of them. */
async function prepare(directory: string): Promise<RequestHandler> {
  const { default: createNext } = await import('next');
  const start = createNext as unknown as typeof createNext.default;
  const application = start({ dev: false, dir: directory });
  await application.prepare();
  return application.getRequestHandler();
}

function refuse(reason: string): RequestHandler {
  return (_request, response) => {
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${reason}\n`);
    return Promise.resolve();
  };
}
