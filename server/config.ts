import { resolve } from 'node:path';
import { LookalikeError } from './domain/errors.js';
import { FIRST_STARTS, type FirstStart } from './domain/first-start.js';

export interface Config {
  readonly dataDirectory: string;
  readonly host: string;
  readonly port: number;
  readonly fashionMnistDirectory: string;
  readonly consoleDirectory: string;
  readonly firstStart: FirstStart;
}

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
  if (faults.length > 0) throw new LookalikeError('CONFIG_INVALID', `${faults.join('; ')}.`);
  return Object.freeze({
    dataDirectory: resolve(environment['LOOKALIKE_DATA_DIR'] || 'data'),
    host: environment['HOST'] || '127.0.0.1',
    port,
    fashionMnistDirectory: resolve(
      environment['LOOKALIKE_FASHION_MNIST_DIR'] || '.cache/fashion-mnist',
    ),
    consoleDirectory: resolve('web'),
    firstStart: firstStart ?? 'train',
  });
}
