import { resolve } from 'node:path';
import { LookalikeError } from './domain/errors.js';
import { FIRST_STARTS, type FirstStart } from './domain/first-start.js';
import { LOG_FORMATS, LOG_LEVELS, type LogStyle } from './domain/logging.js';

export interface Config {
  readonly dataDirectory: string;
  readonly host: string;
  /** The names that the server goes by, beside localhost. */
  readonly hostNames: readonly string[];
  readonly port: number;
  readonly fashionMnistDirectory: string;
  readonly consoleDirectory: string;
  readonly firstStart: FirstStart;
  /** The secret of an admin's key; null where the first start makes one. */
  readonly adminKey: string | null;
  /** Whether whoever says nothing of who they are may search. */
  readonly anonymousSearch: boolean;
  /** Whether all requests come through a proxy of ours, over TLS. */
  readonly isBehindProxy: boolean;
  /** Whether callers may ask for the schema. */
  readonly allowsIntrospection: boolean;
  /** How long a query may take. */
  readonly querySeconds: number;
  /** As many requests as a caller may make in a minute. */
  readonly requestsPerMinute: number;
  readonly log: LogStyle;
  /** Base address of a collector of OpenTelemetry; null where nothing is traced. */
  readonly traceEndpoint: string | null;
}

/** What nobody can try out, also where people make it up. */
const SHORTEST_KEY = 32;
const HOST_NAME = /^[\w-]+(\.[\w-]+)*$/;

/**
 * Reads the settings: the only place that looks at the environment.
 * @throws LookalikeError CONFIG_INVALID, naming every setting that is wrong
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const givenPort = environment['PORT'] || '4000';
  const port = Number(givenPort);
  if (!/^\d+$/.test(givenPort) || port > 65_535) {
    faults.push(`PORT must be a whole number from 0 to 65535, not "${givenPort}"`);
  }
  const wanted = environment['LOOKALIKE_FIRST_START'] || 'train';
  const firstStart = FIRST_STARTS.find((choice) => choice === wanted);
  if (!firstStart) {
    faults.push(`LOOKALIKE_FIRST_START must be ${FIRST_STARTS.join(', ')}, not "${wanted}"`);
  }
  const adminKey = environment['LOOKALIKE_ADMIN_KEY'] || null;
  if (adminKey !== null && !(adminKey.length >= SHORTEST_KEY && /^[\w-]{1,200}$/.test(adminKey))) {
    faults.push(
      `LOOKALIKE_ADMIN_KEY must have ${SHORTEST_KEY} to 200 letters, digits, "-" and "_"; ` +
        '`openssl rand -hex 32` makes one',
    );
  }
  const anonymous = oneOf(environment, 'LOOKALIKE_ANONYMOUS', ['none', 'search'], faults);
  const proxy = oneOf(environment, 'LOOKALIKE_TRUSTED_PROXY', ['no', 'yes'], faults);
  const introspection = oneOf(environment, 'LOOKALIKE_INTROSPECTION', ['yes', 'no'], faults);
  const hostNames = (environment['LOOKALIKE_HOSTS'] ?? '').split(',').flatMap((part) => {
    const name = part.trim();
    if (name !== '' && !HOST_NAME.test(name)) {
      faults.push(`LOOKALIKE_HOSTS must be names like search.example.org, not "${name}"`);
    }
    return name === '' ? [] : [name];
  });
  const format = oneOf(environment, 'LOOKALIKE_LOG', LOG_FORMATS, faults);
  const level = oneOf(environment, 'LOOKALIKE_LOG_LEVEL', ['info', ...LOG_LEVELS], faults);
  const traceEndpoint = environment['OTEL_EXPORTER_OTLP_ENDPOINT'] || null;
  if (traceEndpoint !== null && !/^https?:\/\/[^/]/.test(traceEndpoint)) {
    faults.push(`OTEL_EXPORTER_OTLP_ENDPOINT must be an address of http or https`);
  }
  const givenRate = environment['LOOKALIKE_RATE_LIMIT'] || '6000';
  if (!/^[1-9]\d{0,8}$/.test(givenRate)) {
    faults.push(`LOOKALIKE_RATE_LIMIT must be a whole number from 1, not "${givenRate}"`);
  }
  const givenSeconds = environment['LOOKALIKE_QUERY_SECONDS'] || '60';
  if (!/^[1-9]\d{0,5}$/.test(givenSeconds)) {
    faults.push(`LOOKALIKE_QUERY_SECONDS must be a whole number from 1, not "${givenSeconds}"`);
  }
  if (faults.length > 0) throw new LookalikeError('CONFIG_INVALID', `${faults.join('; ')}.`);
  return Object.freeze({
    dataDirectory: resolve(environment['LOOKALIKE_DATA_DIR'] || 'data'),
    host: environment['HOST'] || '127.0.0.1',
    hostNames,
    port,
    fashionMnistDirectory: resolve(
      environment['LOOKALIKE_FASHION_MNIST_DIR'] || '.cache/fashion-mnist',
    ),
    consoleDirectory: resolve('web'),
    firstStart: firstStart ?? 'train',
    adminKey,
    anonymousSearch: anonymous === 'search',
    isBehindProxy: proxy === 'yes',
    allowsIntrospection: introspection === 'yes',
    querySeconds: Number(givenSeconds),
    requestsPerMinute: Number(givenRate),
    log: { format, level },
    traceEndpoint,
  });
}

/** A setting that is one of a few words, the first where it is not set. */
function oneOf<Word extends string>(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  words: readonly [Word, ...Word[]],
  faults: string[],
): Word {
  const wanted = environment[name] || words[0];
  const found = words.find((word) => word === wanted);
  if (!found) faults.push(`${name} must be ${[...new Set(words)].join(' or ')}, not "${wanted}"`);
  return found ?? words[0];
}
