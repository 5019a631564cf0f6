import type { Target } from './source-files.js';

/** A part of the source, and what it may know of. */
interface Room {
  /** Paths that belong to it: folders end with a slash. */
  readonly holds: readonly string[];
  /** Paths it may import from. */
  readonly imports: readonly string[];
  /** Packages it may import; `node:` stands for all that come with Node. */
  readonly packages: readonly string[];
}

const DOMAIN = 'server/domain/';
const PORTS = 'server/ports/';
const SERVICES = 'server/services/';
const API = 'server/api/';
const HTTP = 'server/http/';
const ML = 'server/ml/';
const ADAPTERS = 'server/adapters/';
const SETUP = 'server/setup/';
const CLI = 'server/cli/';
const CONFIG = 'server/config.ts';
const COMPOSE = 'server/compose.ts';
/** The child processes. */
const COMPOSE_CHILDREN = 'server/compose-children.ts';
/** The part of it that other entries need too. */
const COMPOSE_ACCESS = 'server/compose-access.ts';
/** What of it tells how the server fares. */
const COMPOSE_METRICS = 'server/compose-metrics.ts';
/** What of it every process opens. */
const COMPOSE_STORES = 'server/compose-stores.ts';
const COMPOSE_PARTS = [COMPOSE_ACCESS, COMPOSE_METRICS, COMPOSE_STORES];
/** What looks after a data directory, without a server. */
const COMPOSE_KEEPING = 'server/compose-keeping.ts';
/** Both sides of the talk between the API's process and its child processes. */
const PROCESS_PROTOCOL = `${ADAPTERS}model-runtime/child-process/`;
/** The thread that large writes to any SQLite file go through. */
const SQLITE_WRITER = `${ADAPTERS}sqlite-writer/`;
/** What every adapter that writes files ends with. */
const FLUSH = `${ADAPTERS}flush/`;

/** @param shared what it has in common with other adapters */
function adapter(folder: string, drivers: readonly string[], shared: readonly string[] = []): Room {
  const own = `${ADAPTERS}${folder}/`;
  return {
    holds: [own],
    imports: [DOMAIN, PORTS, own, ...shared],
    packages: ['node:', ...drivers],
  };
}

/** The one direction of arrows. The first room that holds a file is the one it belongs to. */
export const ROOMS: readonly Room[] = [
  { holds: [DOMAIN], imports: [DOMAIN], packages: [] },
  { holds: [PORTS], imports: [DOMAIN], packages: [] },
  { holds: [SERVICES], imports: [DOMAIN, PORTS, SERVICES], packages: [] },
  {
    holds: [API],
    imports: [DOMAIN, SERVICES, API],
    packages: [
      'type-graphql',
      'graphql',
      'graphql-upload',
      'reflect-metadata',
      '@graphql-yoga/subscription',
      'dataloader',
    ],
  },
  {
    holds: [HTTP, 'server/http.ts'],
    imports: [API, DOMAIN, SERVICES, PORTS, HTTP],
    packages: [
      'node:',
      '@apollo/server',
      '@graphql-yoga/render-graphiql',
      'graphql',
      'graphql-upload',
      'graphql-ws',
      'next',
      'ws',
    ],
  },
  adapter('backups/zip', [], [`${ADAPTERS}bundles/zip/`, `${ADAPTERS}lock/sqlite/`, FLUSH]),
  adapter('blobs/file-system', ['libsql'], [SQLITE_WRITER, FLUSH]),
  adapter('bundles/zip', ['yauzl'], [FLUSH]),
  adapter('data-directory/file-system', [], [FLUSH]),
  adapter('dataset-source/idx', []),
  adapter('events/in-process', []),
  adapter('flush', []),
  adapter('lock/sqlite', ['libsql']),
  adapter('log/console', []),
  adapter('metadata/sqlite', ['kysely', 'libsql'], [SQLITE_WRITER]),
  adapter('metrics/prometheus', ['prom-client']),
  adapter('model-runtime/child-process', []),
  adapter('pictures/sharp', ['sharp']),
  adapter('secrets/node-crypto', []),
  adapter('tracing/none', []),
  adapter('tracing/opentelemetry', [
    '@opentelemetry/api',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace-node',
  ]),
  adapter('sqlite-writer', ['libsql']),
  adapter('vector-index/hnswlib', ['hnswlib-node'], [FLUSH]),
  {
    holds: [`${ML}tf.ts`],
    imports: [DOMAIN, PORTS, ML],
    packages: ['node:', '@tensorflow/tfjs-node'],
  },
  { holds: [ML], imports: [DOMAIN, PORTS, ML], packages: ['node:'] },
  { holds: [CONFIG], imports: [DOMAIN], packages: ['node:'] },
  {
    holds: [COMPOSE, COMPOSE_CHILDREN, COMPOSE_KEEPING, ...COMPOSE_PARTS],
    imports: [DOMAIN, PORTS, SERVICES, API, ADAPTERS, ML, CONFIG, ...COMPOSE_PARTS],
    packages: ['node:'],
  },
  { holds: ['server/main.ts'], imports: [DOMAIN, 'server/http.ts', CONFIG, COMPOSE], packages: [] },
  {
    holds: ['server/admin-key.ts'],
    imports: [DOMAIN, CONFIG, COMPOSE_ACCESS],
    packages: [],
  },
  {
    holds: ['server/trainer.ts', 'server/embedder.ts'],
    imports: [DOMAIN, CONFIG, COMPOSE_CHILDREN, PROCESS_PROTOCOL],
    packages: [],
  },
  {
    holds: ['server/generate-schema.ts'],
    imports: [API],
    packages: ['node:', 'graphql'],
  },
  { holds: ['server/cli.ts'], imports: [DOMAIN, CLI, CONFIG, COMPOSE_KEEPING], packages: [] },
  {
    holds: [CLI],
    imports: [DOMAIN, CLI],
    packages: ['node:', 'csv-parse', 'yauzl'],
  },
  { holds: [SETUP], imports: [SETUP], packages: ['node:'] },
];

/** What a file imports against the table, one line each; a line for a file that has no room. */
export function forbiddenImports(file: string, targets: readonly Target[]): string[] {
  const room = ROOMS.find(({ holds }) => isWithin(holds, file));
  if (!room) return [`${file} is in no room of the table`];
  return targets.flatMap((target) => {
    if ('file' in target) {
      return isWithin(room.imports, target.file) ? [] : [`${file} imports ${target.file}`];
    }
    const allowed = room.packages.some(
      (name) => name === target.package || (name === 'node:' && target.package.startsWith(name)),
    );
    return allowed ? [] : [`${file} imports the package ${target.package}`];
  });
}

function isWithin(paths: readonly string[], file: string): boolean {
  return paths.some((path) => (path.endsWith('/') ? file.startsWith(path) : file === path));
}
