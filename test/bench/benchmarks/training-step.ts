import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inputSpecFor } from '../../../server/domain/input-spec.js';
import { readIdxFile } from '../../../server/adapters/dataset-source/idx/idx-file.js';
import { convAutoencoder } from '../../../server/ml/architectures/conv-autoencoder.js';
import { glorotUniform } from '../../../server/ml/parameters.js';
import { besides, type Benchmark, type Tools } from '../harness/benchmark.js';
import { bytesOf } from '../harness/float-file.js';
import { trainImagesFile } from '../harness/prepared-data.js';
import type { Program } from '../harness/program.js';
import { WITH_ONEDNN } from '../harness/python.js';
import { inTurns } from '../harness/statistics.js';

const BATCH = 400;
const SIDE = 28;
const ROUNDS = 7;
const STEPS = 10;
/** Sums of floats in another order: over the steps of this benchmark they stay this close. */
const LOSSES_AGREE = 2e-3;

interface Steps {
  readonly milliseconds: number;
  readonly loss: number;
}

/** Same start, same batch, same number of steps in every process: the losses must agree. */
export const benchmark: Benchmark = {
  title: "A training step of the tutorial's network on a batch of 400",
  run: async (tools: Tools) => {
    const files = await inputFiles(await tools.directory());
    const ours = tools.node('training-step', { args: ['ours', ...files] });
    const plain = tools.node('training-step', {
      args: ['plain', ...files],
      environment: WITH_ONEDNN,
    });
    const python = tools.python('training_step', { args: files, environment: WITH_ONEDNN });
    const steps = (program: Program) => () => program.ask<Steps>(STEPS);
    const rounds = await inTurns(ROUNDS, {
      ours: steps(ours),
      plain: steps(plain),
      python: python && steps(python),
    });
    const timesOf = (side: readonly Steps[]) => side.map(({ milliseconds }) => milliseconds);
    const what = 'training step';
    const unit = 'ms';
    const remark = `Loss after ${STEPS * (ROUNDS + 1)} steps from the same start: ${lossesOf(rounds)}. TensorFlow and tfjs with oneDNN.`;
    return [
      {
        ...{ what, unit, remark },
        ours: timesOf(rounds.ours),
        other: besides('TensorFlow in Python', timesOf(rounds.python), tools.whyNoPython),
        target: { of: 'ratio', atMost: 0.5 },
      },
      {
        ...{ what, unit, remark },
        ours: timesOf(rounds.ours),
        other: { name: 'tfjs as usual', values: timesOf(rounds.plain) },
        target: { of: 'ratio', atMost: 0.3 },
      },
    ];
  },
};

/** The batch and the start of all parameters, as files for every language. */
async function inputFiles(directory: string): Promise<string[]> {
  const { parameters } = convAutoencoder(inputSpecFor({ width: SIDE, height: SIDE, channels: 1 }));
  const pictures = await readIdxFile(trainImagesFile());
  const contents = {
    pixels: Float32Array.from(pictures.data.subarray(0, BATCH * SIDE * SIDE), (b) => b / 255),
    start: glorotUniform(parameters, 1),
  };
  return Promise.all(
    Object.entries(contents).map(async ([name, floats]) => {
      const file = join(directory, `${name}.f32`);
      await writeFile(file, bytesOf(floats));
      return file;
    }),
  );
}

function lossesOf(rounds: Readonly<Record<string, readonly Steps[]>>): string {
  const losses = Object.entries(rounds).flatMap(([side, steps]) => {
    const last = steps.at(-1);
    return last ? [{ side, loss: last.loss }] : [];
  });
  const values = losses.map(({ loss }) => loss);
  const text = losses.map(({ side, loss }) => `${side} ${loss.toFixed(6)}`).join(', ');
  const isClose = Math.max(...values) - Math.min(...values) < LOSSES_AGREE;
  if (!isClose) throw new Error(`The sides do not compute the same: losses ${text}.`);
  return text;
}
