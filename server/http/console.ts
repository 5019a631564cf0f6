import { existsSync } from 'node:fs';
import { join } from 'node:path';
import createNext from 'next';
import { reasonOf } from '../domain/errors.js';
import type { Log } from '../ports/log.js';
import type { RequestHandler } from './graphql.js';

/**
 * The console: a built Next.js application. It gets ready in the background, so that the API answers
 * at once; until then its pages wait.
 */
export function createConsoleHandler(directory: string, log: Log): RequestHandler {
  if (!existsSync(join(directory, '.next', 'BUILD_ID'))) {
    return refuse('The console is not built. Start the server with `npm start`.');
  }
  const start = createNext as unknown as typeof createNext.default;
  const application = start({ dev: false, dir: directory });
  const ready = application.prepare().then(
    () => application.getRequestHandler(),
    (thrown: unknown) => {
      log.error(`the console did not start: ${reasonOf(thrown)}`);
      return null;
    },
  );
  return async (request, response) => {
    const handle = await ready;
    if (handle) await handle(request, response);
    else await refuse('The console did not start; the server log says why.')(request, response);
  };
}

function refuse(reason: string): RequestHandler {
  return (_request, response) => {
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${reason}\n`);
    return Promise.resolve();
  };
}
