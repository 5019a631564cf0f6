import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/config.js';

describe('settings', () => {
  it('have defaults that suit one machine', () => {
    expect(readConfig({})).toEqual({
      dataDirectory: resolve('data'),
      host: '127.0.0.1',
      port: 4000,
      fashionMnistDirectory: resolve('.cache/fashion-mnist'),
      consoleDirectory: resolve('web'),
      firstStart: 'train',
      adminKey: null,
      anonymousSearch: false,
      isBehindProxy: false,
      allowsIntrospection: true,
      hostNames: [],
      querySeconds: 60,
      requestsPerMinute: 6000,
      log: { format: 'text', level: 'info' },
      traceEndpoint: null,
    });
  });

  it('are taken from the environment', () => {
    const config = readConfig({
      PORT: '8080',
      HOST: '0.0.0.0',
      LOOKALIKE_DATA_DIR: '/srv/lookalike',
      LOOKALIKE_FASHION_MNIST_DIR: 'some/folder',
      LOOKALIKE_FIRST_START: 'empty',
      LOOKALIKE_ADMIN_KEY: 'k'.repeat(32),
      LOOKALIKE_ANONYMOUS: 'search',
      LOOKALIKE_TRUSTED_PROXY: 'yes',
      LOOKALIKE_INTROSPECTION: 'no',
      LOOKALIKE_HOSTS: 'search.example.org, shop.example.org',
      LOOKALIKE_QUERY_SECONDS: '5',
      LOOKALIKE_RATE_LIMIT: '60',
      LOOKALIKE_LOG: 'json',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      LOOKALIKE_LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      dataDirectory: '/srv/lookalike',
      host: '0.0.0.0',
      port: 8080,
      hostNames: ['search.example.org', 'shop.example.org'],
      querySeconds: 5,
      fashionMnistDirectory: resolve('some/folder'),
      firstStart: 'empty',
      adminKey: 'k'.repeat(32),
      anonymousSearch: true,
      isBehindProxy: true,
      allowsIntrospection: false,
      requestsPerMinute: 60,
      log: { format: 'json', level: 'debug' },
      traceEndpoint: 'http://127.0.0.1:4318',
    });
  });

  it.each(['k'.repeat(31), `${'k'.repeat(32)}\n`, 'k'.repeat(201)])(
    'refuse the key %j, and do not repeat it',
    (key) => {
      const read = () => readConfig({ LOOKALIKE_ADMIN_KEY: key });
      expect(read).toThrow('LOOKALIKE_ADMIN_KEY must have 32 to 200');
      expect(read).not.toThrow(key);
    },
  );

  it('that are empty count as not set', () => {
    const empty = { PORT: '', HOST: '', LOOKALIKE_DATA_DIR: '', LOOKALIKE_FIRST_START: '' };
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('cannot be changed afterwards', () => {
    expect(readConfig({})).toSatisfy(Object.isFrozen);
  });

  it.each(['0', '65535'])('take port %s', (port) => {
    expect(readConfig({ PORT: port }).port).toBe(Number(port));
  });

  it.each(['65536', '-1', '80.5', 'http', 'NaN', '1e9', ' ', '0x50', '4e3'])(
    'refuse port "%s"',
    (port) => {
      expect(() => readConfig({ PORT: port })).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error,
      );
    },
  );

  it('are refused with all their faults together', () => {
    const wrong = () =>
      readConfig({ PORT: 'http', LOOKALIKE_FIRST_START: 'never', LOOKALIKE_LOG_LEVEL: 'all' });
    expect(wrong).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error);
    expect(wrong).toThrow(
      'PORT must be a whole number from 0 to 65535, not "http"; ' +
        'LOOKALIKE_FIRST_START must be train, import, empty, not "never"; ' +
        'LOOKALIKE_LOG_LEVEL must be info or debug or warn or error, not "all".',
    );
  });
});
