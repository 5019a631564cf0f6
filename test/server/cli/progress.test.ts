import { expect, it } from 'vitest';
import { duration, Progress } from '../../../server/cli/progress.js';

/** A progress of 1,000 files that began at 0, with what it writes and a clock to be set. */
function progressOn(isTTY: boolean) {
  const written: string[] = [];
  const clock = { now: 0 };
  const screen = { isTTY, write: (text: string) => written.push(text) };
  return { progress: new Progress(screen, 1000, () => clock.now), written, clock };
}

it('counts, speed, time left and refused files are told', () => {
  const { progress, clock } = progressOn(true);
  clock.now = 10_000;
  progress.add({ done: 200, bytes: 30_000_000, refused: 3 });
  expect(progress.line()).toBe('200 of 1,000, 20 images/s, 3.0 MB/s, 40 s left, 3 refused');
});

it('a terminal is drawn over, and left clean', () => {
  const { progress, written, clock } = progressOn(true);
  clock.now = 1000;
  progress.add({ done: 100, bytes: 0, refused: 0 });
  progress.say('hello');
  progress.clear();
  const line = '100 of 1,000, 100 images/s, 0.0 MB/s, 9 s left';
  expect(written).toEqual([`\r${line}`, `\r${' '.repeat(line.length)}\r`, 'hello\n']);
});

it('anything else gets a line now and then', () => {
  const { progress, written, clock } = progressOn(false);
  for (let second = 1; second <= 25; second += 1) {
    clock.now = second * 1000;
    progress.add({ done: 10, bytes: 0, refused: 0 });
  }
  expect(written).toHaveLength(2);
});

it.each([
  [0.2, '0 s'],
  [99, '99 s'],
  [150, '3 min'],
  [7500, '2 h 5 min'],
])('%s seconds are %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});
