import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../server/config.js';

const DEPLOY = resolve('deploy');
const SETTING = /^(PORT|HOST|LOOKALIKE_[A-Z_]+)$/;

interface Instruction {
  readonly name: string;
  readonly words: string;
}

/** The instructions of a Dockerfile, each in one line, stage by stage. */
function stagesOf(text: string): Instruction[][] {
  const lines = text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, name = '', words = ''] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
    expect(name, `an instruction: ${line}`).not.toBe('');
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, words });
  }
  return stages;
}

describe('the Dockerfile', () => {
  const stages = stagesOf(readFileSync(join(DEPLOY, 'Dockerfile'), 'utf8'));
  const [build = [], run = []] = stages;
  const last = (name: string) => run.filter((each) => each.name === name).at(-1)?.words ?? '';

  it('builds in one stage, and runs in another of a Node that is tested, by its version', () => {
    expect(stages).toHaveLength(2);
    expect(build[0]?.words).toMatch(/^node:(20|22|24)-\S+ AS build$/);
    expect(`${last('FROM')} AS build`).toBe(build[0]?.words);
    expect(last('COPY')).toMatch(/^--from=build /);
    expect(run.filter(({ words }) => words.includes('apt-get'))).toEqual([]);
  });

  it('runs as a user who owns nothing but the data, which is a volume', () => {
    expect(last('USER')).toBe('node');
    expect(last('VOLUME')).toBe('/data');
    const owned = run.filter(({ name, words }) => name === 'RUN' && words.includes('chown'));
    expect(owned.map(({ words }) => words)).toEqual(['mkdir /data && chown node:node /data']);
    const order = run.map(({ name }) => name);
    expect(order.indexOf('USER')).toBeGreaterThan(order.lastIndexOf('RUN'));
  });

  it('has settings that the server takes', () => {
    const settings = Object.fromEntries(
      last('ENV')
        .split(/ +/)
        .map((each) => each.split('=') as [string, string]),
    );
    const names = Object.keys(settings).filter((name) => name !== 'NODE_ENV');
    expect(names.filter((name) => !SETTING.test(name))).toEqual([]);
    expect(readConfig(settings)).toMatchObject({
      ...{ host: '0.0.0.0', dataDirectory: '/data', firstStart: 'empty' },
      log: { format: 'json' },
    });
    expect(last('EXPOSE')).toBe(settings['PORT']);
  });

  it('starts the server itself, which then gets the signals, and asks it how it is with Node', () => {
    expect(JSON.parse(last('CMD'))).toEqual(['node', 'build/server/main.js']);
    const [, , command = ''] = /^((?:--\S+ )*)CMD (.*)$/.exec(last('HEALTHCHECK')) ?? [];
    const [node, flag, script = ''] = JSON.parse(command) as string[];
    expect([node, flag]).toEqual(['node', '-e']);
    expect(script).toContain('/healthz');
    expect(statusOf(script)).toBe(1);
  });

  /** With a port that nobody listens on. */
  function statusOf(script: string): number | null {
    const env = { ...process.env, PORT: '1' };
    return spawnSync(process.execPath, ['-e', script], { env }).status;
  }
});

it('the compose file keeps the data, and the port to this machine', () => {
  const { services, volumes } = parse(readFileSync(join(DEPLOY, 'compose.yaml'), 'utf8')) as {
    services: Record<string, Record<string, unknown>>;
    volumes: Record<string, unknown>;
  };
  expect(Object.keys(services)).toEqual(['lookalike']);
  expect(services['lookalike']).toMatchObject({
    build: { context: '..', dockerfile: 'deploy/Dockerfile' },
    ports: ['127.0.0.1:4000:4000'],
    volumes: ['data:/data'],
    read_only: true,
    cap_drop: ['ALL'],
  });
  expect(Object.keys(volumes)).toEqual(['data']);
});

describe('the systemd unit', () => {
  const path = join(DEPLOY, 'lookalike.service');
  const lines = readFileSync(path, 'utf8').split('\n');
  const valuesOf = (key: string) =>
    lines.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1));

  it('keeps the server to its data', () => {
    expect(valuesOf('StateDirectory')).toEqual(['lookalike']);
    expect(valuesOf('ProtectSystem')).toEqual(['strict']);
    expect(valuesOf('NoNewPrivileges')).toEqual(['yes']);
    expect(valuesOf('DynamicUser')).toEqual(['yes']);
    // V8 compiles what it runs.
    expect(valuesOf('MemoryDenyWriteExecute')).toEqual([]);
  });

  it('has settings that the server takes', () => {
    const settings = Object.fromEntries(
      valuesOf('Environment').map((each) => each.split('=') as [string, string]),
    );
    expect(readConfig(settings)).toMatchObject({
      ...{ dataDirectory: '/var/lib/lookalike', firstStart: 'empty', log: { format: 'json' } },
    });
  });

  const { error } = spawnSync('systemd-analyze', ['--version']);
  it.skipIf(error !== undefined)('is one that systemd understands', () => {
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', path], {
      encoding: 'utf8',
    });
    expect(`${stdout}${stderr}`).not.toContain('lookalike.service');
    expect(status).toBe(0);
  });
});
