import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StepFailed, SetupError } from '../../server/setup/runner/setup-error.mjs';
import { runSteps } from '../../server/setup/runner/step-runner.mjs';

let folder: string;
let printed: string;
const output = { write: (text: string) => (printed += text) };

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'step-runner-'));
  printed = '';
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** A step that copies input to output, the way a build does. */
function copyStep(name = 'copy') {
  const input = path.join(folder, 'input');
  const result = path.join(folder, `${name}.out`);
  return {
    input,
    result,
    runs: 0,
    name,
    title: `the copy ${name}`,
    fingerprint: () => fs.readFileSync(input, 'utf8'),
    isDone: () => fs.existsSync(result),
    async run(report: Parameters<Parameters<typeof runSteps>[0][number]['run']>[0]) {
      this.runs += 1;
      await report.phase('copying', () => fs.copyFileSync(input, result));
    },
  };
}

const run = (...steps: Parameters<typeof runSteps>[0]) =>
  runSteps(steps, { stateDir: path.join(folder, 'state'), output });

describe('a step', () => {
  it('runs once, says so in one line, and is then skipped in silence', async () => {
    const step = copyStep();
    fs.writeFileSync(step.input, 'one');

    expect(await run(step)).toMatchObject([{ step: 'copy' }]);
    expect(printed).toMatch(/^\[1\/1\] copy {2}copying … \d+\.\d s\n$/);

    printed = '';
    expect(await run(step)).toEqual([]);
    expect(step.runs).toBe(1);
    expect(printed).toBe('');
  });

  it('runs again when its output is gone', async () => {
    const step = copyStep();
    fs.writeFileSync(step.input, 'one');
    await run(step);
    fs.rmSync(step.result);
    await run(step);
    expect(step.runs).toBe(2);
    expect(fs.existsSync(step.result)).toBe(true);
  });

  it('runs again when its fingerprint differs, without the steps beside it', async () => {
    const changing = copyStep();
    const constant = { ...copyStep('constant'), fingerprint: () => 'same' };
    fs.writeFileSync(changing.input, 'one');
    await run(constant, changing);
    fs.writeFileSync(changing.input, 'two');
    expect(await run(constant, changing)).toMatchObject([{ step: 'copy' }]);
    expect(fs.readFileSync(changing.result, 'utf8')).toBe('two');
  });

  it('runs again when its input changed while it ran', async () => {
    const step = copyStep();
    fs.writeFileSync(step.input, 'one');
    const original = step.run.bind(step);
    step.run = async (report) => {
      await original(report);
      fs.writeFileSync(step.input, 'changed meanwhile');
    };
    await run(step);
    step.run = original;
    expect(await run(step)).toMatchObject([{ step: 'copy' }]);
  });
});

describe('a step that fails', () => {
  it('leaves no stamp, not even the one of an earlier success, and stops the steps after it', async () => {
    const step = copyStep();
    const next = copyStep('next');
    fs.writeFileSync(step.input, 'one');
    await run(step);
    fs.rmSync(step.result);
    const works = step.run;
    step.run = () => {
      fs.writeFileSync(step.result, 'half');
      return Promise.reject(new SetupError('no disk', 'Buy one.'));
    };
    await expect(run(step, next)).rejects.toMatchObject({
      step: 'copy',
      message: 'no disk',
      advice: 'Buy one.',
    });
    expect(next.runs).toBe(0);

    step.run = works; // its output exists and its fingerprint is the old one, yet it must run
    expect(await run(step)).toMatchObject([{ step: 'copy' }]);
  });

  it('is one that ends well but leaves no output', async () => {
    const step = copyStep();
    fs.writeFileSync(step.input, 'one');
    step.run = async () => {};
    await expect(run(step)).rejects.toThrow(/result is missing/);
  });

  it('keeps what its command printed in the log, and gives the lock back', async () => {
    const step = copyStep();
    fs.writeFileSync(step.input, 'one');
    step.run = (report) =>
      report.command(process.execPath, ['-e', 'console.log("to the log"); process.exit(3)']);
    const failure = await run(step).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StepFailed);
    expect((failure as StepFailed).message).toMatch(/exit code 3/);
    expect(fs.readFileSync((failure as StepFailed).logFile, 'utf8')).toMatch(/^to the log$/m);
    expect(printed).toBe('');
    expect(fs.existsSync(path.join(folder, 'state', 'lock'))).toBe(false);
  });
});
