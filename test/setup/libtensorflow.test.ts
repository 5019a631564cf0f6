import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  linkGivenLibrary,
  originOfLibrary,
  replaceLibrary,
} from '../../server/setup/libtensorflow/library-folder.mjs';
import { verifyWheel } from '../../server/setup/libtensorflow/wheel.mjs';

let folder: string;

beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'libtensorflow-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

function write(...parts: string[]) {
  const file = path.join(folder, ...parts);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, 'x');
}

function writeLibrary(name: string) {
  for (const header of ['c_api.h', 'eager/c_api.h', 'kernels.h', 'ops.h']) {
    write(name, 'include/tensorflow/c', header);
  }
  write(name, 'lib/libtensorflow_cc.so.2');
  write(name, 'lib/libtensorflow_framework.so.2');
  return path.join(folder, name);
}

function staging() {
  const made = path.join(folder, 'staging');
  fs.mkdirSync(made);
  return made;
}

// The names of the files are those of Linux.
describe.runIf(process.platform === 'linux')('LOOKALIKE_LIBTENSORFLOW', () => {
  it('may not name a folder that does not exist', () => {
    const given = path.join(folder, 'nowhere');
    expect(() => linkGivenLibrary(given, staging())).toThrow(
      `LOOKALIKE_LIBTENSORFLOW=${given} is not a libtensorflow: there is no ${given}/lib`,
    );
  });

  it('may not name a folder in which a part is missing; the error names it and the way out', () => {
    const given = writeLibrary('given');
    fs.rmSync(path.join(given, 'lib', 'libtensorflow_framework.so.2'));
    expect(() => linkGivenLibrary(given, staging())).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/it has no lib\/libtensorflow_framework\.so$/) as string,
        advice: expect.stringMatching(/unset it/) as string,
      }),
    );
  });

  it('may not name a library that is too old for operations of our own', () => {
    const given = writeLibrary('given');
    fs.rmSync(path.join(given, 'include/tensorflow/c/kernels.h'));
    expect(() => linkGivenLibrary(given, staging())).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/it has no include\/tensorflow\/c\/kernels\.h$/) as string,
        advice: expect.stringMatching(/2\.5 or newer/) as string,
      }),
    );
  });

  it('is used in place, with the names that the addon is linked against', () => {
    const given = writeLibrary('given');
    const made = staging();
    linkGivenLibrary(given, made);
    const library = path.join(made, 'lib', 'libtensorflow.so');
    expect(fs.realpathSync(library)).toBe(
      fs.realpathSync(path.join(given, 'lib', 'libtensorflow_cc.so.2')),
    );
    expect(fs.readdirSync(path.join(given, 'lib'))).toHaveLength(2);
  });
});

describe.runIf(process.platform === 'linux')('replacing the library', () => {
  it('keeps the old one whole when the new one cannot be had', async () => {
    const library = path.join(folder, 'library');
    const old = writeLibrary('old');
    await replaceLibrary(library, 'old', (made) => linkGivenLibrary(old, made));
    const replacing = replaceLibrary(library, 'new', (made) => {
      fs.mkdirSync(path.join(made, 'lib'));
      throw new Error('the network is down');
    });
    await expect(replacing).rejects.toThrow('the network is down');
    expect(originOfLibrary(library)).toBe('old');
    expect(fs.readdirSync(folder).sort()).toEqual(['library', 'old']);
  });

  it('refuses half a library', async () => {
    const library = path.join(folder, 'library');
    const filling = replaceLibrary(library, 'half', (made) => {
      fs.mkdirSync(path.join(made, 'lib'));
    });
    await expect(filling).rejects.toThrow(/incomplete: no include/);
    expect(fs.existsSync(library)).toBe(false);
  });
});

it('a wheel with the wrong checksum is refused by name', async () => {
  write('tensorflow_cpu.whl');
  const verifying = verifyWheel(path.join(folder, 'tensorflow_cpu.whl'), '0'.repeat(64));
  await expect(verifying).rejects.toMatchObject({
    message: expect.stringMatching(/^tensorflow_cpu\.whl has the wrong checksum/) as string,
    advice: expect.stringMatching(/LOOKALIKE_LIBTENSORFLOW/) as string,
  });
});
