import { composeServer } from './compose.js';
import { readConfig } from './config.js';
import { LookalikeError } from './domain/errors.js';

// Whoever read what is told may be gone, a closed terminal say: that ends nothing, and must not be
// told in turn, for ever.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** The server: settings, parts, port; then what a start leaves to do, until a signal ends it. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const server = await composeServer(config);
  // What a first query waits for is read while the modules of GraphQL are loaded.
  const loaded = server.loadIndexes();
  const { serveHttp } = await import('./http.js');
  const http = await serveHttp(server.services, server.log, config);
  const host = config.host === '127.0.0.1' ? 'localhost' : config.host;
  server.log.info(`Lookalike is at http://${host}:${http.port} (data: ${config.dataDirectory})`);

  let ending = false;
  const end = (signal: string) => {
    if (ending) process.exit(1);
    ending = true;
    server.log.info(`${signal}: stopping; once more stops at once`);
    http
      .close()
      .then(() => server.close())
      .then(
        () => process.exit(0),
        (thrown: unknown) => fail(thrown),
      );
  };
  process.on('SIGINT', () => end('SIGINT'));
  process.on('SIGTERM', () => end('SIGTERM'));
  await loaded;
  await server.begin();
  // The first visitor finds the console ready.
  await http.prepareConsole();
}

function fail(thrown: unknown): never {
  const isKnown = thrown instanceof LookalikeError;
  console.error(isKnown ? `${thrown.code}: ${thrown.message}` : thrown);
  process.exit(1);
}

main().catch(fail);
