import { composeServer } from './compose.js';
import { readConfig } from './config.js';
import { diskFaultOf } from './domain/disk-full.js';
import { LookalikeError, reasonOf } from './domain/errors.js';
import { addressOf, exposureWarning, keylessWords, loginWords } from './domain/login-words.js';

// Whoever read what is told may be gone, a closed terminal say: that ends nothing, and must not be
// told in turn, for ever.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** The server: settings, parts, port; then what a start leaves to do, until a signal ends it. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  // Children decode the pictures of strangers: they need no key, and do not get to know one.
  delete process.env['LOOKALIKE_ADMIN_KEY'];
  const server = await composeServer(config, process.stdout.isTTY);
  // At once: whatever was stored and answered from now on would be lost.
  void server.lost.then(({ code, message }) => {
    server.log.error(`${code}: ${message}`);
    process.exit(1);
  });
  // What a first query waits for is read while the modules of GraphQL are loaded.
  const loaded = server.loadIndexes();
  const { serveHttp } = await import('./http.js');
  const http = await serveHttp(server.services, server.log, config, server);
  const url = addressOf(config.host, http.port);
  server.log.info(`Lookalike is at ${url} (data: ${config.dataDirectory})`);
  // On the terminal, not in the log: a log is read by others, and kept.
  if (server.firstKey !== null) console.log(loginWords(url, server.firstKey));
  if (server.isKeyless) server.log.warn(keylessWords);
  const warning = exposureWarning(config);
  if (warning !== null) server.log.warn(warning);

  let ending = false;
  const end = (signal: string) => {
    if (ending) process.exit(1);
    ending = true;
    server.log.info(`${signal}: stopping; once more stops at once`);
    server.close(http.close()).then(
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
  const ofDisk = diskFaultOf(thrown);
  const isKnown = thrown instanceof LookalikeError;
  if (ofDisk) console.error(`${ofDisk.code}: ${ofDisk.message} It says: ${reasonOf(thrown)}`);
  else console.error(isKnown ? `${thrown.code}: ${thrown.message}` : thrown);
  process.exit(1);
}

main().catch(fail);
