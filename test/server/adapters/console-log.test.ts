import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConsoleLog } from '../../../server/adapters/log/console/log.js';
import type { Log } from '../../../server/ports/log.js';

const JSON_LINES = { format: 'json', level: 'info' } as const;
let told: { out: string; err: string };

beforeEach(() => {
  told = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) =>
    Boolean((told.out += String(text))),
  );
  vi.spyOn(process.stderr, 'write').mockImplementation((text) =>
    Boolean((told.err += String(text))),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('as text', () => {
  it('a line has the time, who speaks, and what stands beside it', () => {
    new ConsoleLog('server').info('begun', { runId: 7, why: 'two words' });
    expect(told.out).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z server {2}begun runId=7 why="two words"\n$/,
    );
  });

  it('what stands beside a stack is on its first line', () => {
    new ConsoleLog('trainer').with({ requestId: 'a-1' }).error('TypeError: x\n    at y');
    expect(told.err).toMatch(/trainer {2}error: TypeError: x requestId=a-1\n {4}at y\n$/);
  });

  it('nothing that stands beside a line begins another one', () => {
    new ConsoleLog('server').info('asked', { path: 'x\n2026 server  forged' });
    expect(told.out.trim().split('\n')).toHaveLength(1);
  });

  it('no text that somebody has sent looks like a line of ours, or moves a terminal', () => {
    new ConsoleLog('server').warn('read "x\n2026 server  forged\r\u001b[2J"');
    const [, second] = told.err.split('\n');
    expect(second).toBe('    2026 server  forged\\r\\u001b[2J"');
  });

  it('what a child has written is passed on, but moves no terminal and lets nobody in', () => {
    new ConsoleLog('server').relay('    at z', 'training');
    new ConsoleLog('server').relay('\u001b[2Jread lk_abcdefghijklmnop0123456789', 'training');
    new ConsoleLog('server').relay('\u009b2J\u007f', 'training');
    expect(told.err).toBe('    at z\n\\u001b[2Jread lk_***\n\\u009b2J\\u007f\n');
  });
});

describe('as JSON', () => {
  it('every line is an object of its own, whatever is told', () => {
    const log = new ConsoleLog('trainer', JSON_LINES).with({ runId: 7 });
    log.info('epoch 1', { loss: 0.5 });
    log.error('TypeError: "x"\n    at y');
    expect(JSON.parse(told.out)).toEqual({
      ...{ time: expect.any(String) as string, level: 'info', process: 'trainer' },
      ...{ message: 'epoch 1', runId: 7, loss: 0.5 },
    });
    expect(JSON.parse(told.err)).toMatchObject({
      level: 'error',
      message: 'TypeError: "x"\n    at y',
    });
  });

  it('lines of a child are passed on, and what else it says is put into one', () => {
    const log = new ConsoleLog('server', JSON_LINES);
    new ConsoleLog('trainer', JSON_LINES).warn('of the child');
    const line = told.err;
    told.err = '';
    log.relay(line.trim(), 'training');
    expect(told.err).toBe(line);
    told.err = '';
    log.relay('terminate called after throwing', 'training');
    expect(JSON.parse(told.err)).toMatchObject({
      ...{ process: 'server', child: 'training', message: 'terminate called after throwing' },
    });
  });
});

it.each([
  ['debug', 4],
  ['info', 3],
  ['warn', 2],
  ['error', 1],
] as const)('at the level %s, %i of the four are told', (level, count) => {
  const log: Log = new ConsoleLog('server', { format: 'text', level });
  for (const each of ['debug', 'info', 'warn', 'error'] as const) log[each](each);
  expect(`${told.out}${told.err}`.trim().split('\n')).toHaveLength(count);
  expect(log.tells('debug')).toBe(level === 'debug');
  expect(log.with({}).tells('info')).toBe(count >= 3);
});

it.each([
  'no such page: /lk_abcdefghijklmnop0123456789',
  'authorization: Bearer some-key-of-an-admin',
  'cookie: lookalike-4000=AbCdEf0123456789_-x; other=1',
])('what lets anybody in is left out: %s', (line) => {
  new ConsoleLog('server', JSON_LINES).info(line, { beside: line });
  expect(told.out.match(/\*\*\*/g)).toHaveLength(2);
  expect(told.out).not.toMatch(/abcdefghijkl|some-key|AbCdEf/);
});

it.each(['text', 'json'] as const)('as %s, no control gets out beside a line', (format) => {
  new ConsoleLog('server', { format, level: 'info' }).info('a', { name: 'x\u009b2J\u007f\u001b' });
  expect(told.out).not.toMatch(/[\u007f\u009b\u001b]/);
  expect(told.out).toContain('\\u009b2J\\u007f\\u001b');
});

it('the secret of the settings is left out, whatever it looks like', () => {
  const secret = 'a-word-of-the-settings-with-32-letters';
  new ConsoleLog('server', JSON_LINES, {}, secret).with({ secret }).info(`read ${secret}`);
  expect(told.out.match(/\*\*\*/g)).toHaveLength(2);
  expect(told.out).not.toContain('settings');
});
