import { besides, type Benchmark } from '../harness/benchmark.js';
import { trainImagesFile } from '../harness/prepared-data.js';
import { WITH_ONEDNN } from '../harness/python.js';
import { inTurns } from '../harness/statistics.js';

const ROUNDS = 3;
/** Rounding of float32 through three layers, whose numbers are of the order of 1. */
const EMBEDDINGS_AGREE = 1e-3;

interface Embedded {
  readonly seconds: number;
  /** The embedding of the first image. */
  readonly first: readonly number[];
}

export const benchmark: Benchmark = {
  title: 'Embedding 60,000 images, from bytes in memory to vectors in memory',
  run: async (tools) => {
    const { modelFile, weightsFile, kernelsFile } = await tools.data();
    const images = trainImagesFile();
    const ours = tools.node('embedding', { args: [weightsFile, images] });
    const python = tools.python('embedding', {
      args: [modelFile, kernelsFile, images],
      environment: WITH_ONEDNN,
    });
    const rounds = await inTurns(ROUNDS, {
      encode: () => ours.ask<Embedded>('encode'),
      python: python && (() => python.ask<Embedded>(null)),
      embed: () => ours.ask<Embedded>('embed'),
    });
    const agreement = agreementOf(rounds.encode[0], rounds.python[0]);
    const seconds = (side: readonly Embedded[]) => side.map((embedded) => embedded.seconds);
    const other = besides(
      'TensorFlow in Python, the encoder',
      seconds(rounds.python),
      tools.whyNoPython,
    );
    return [
      {
        what: 'embedding 60,000 images',
        unit: 's',
        ours: seconds(rounds.encode),
        other,
        target: { of: 'ratio', atMost: 1 },
        ...(agreement === null ? {} : { remark: agreement }),
      },
      {
        what: 'the same, and how well each is redrawn, as a training run does',
        unit: 's',
        ours: seconds(rounds.embed),
        other,
      },
    ];
  },
};

function agreementOf(ours?: Embedded, other?: Embedded): string | null {
  if (!ours || !other) return null;
  const difference = Math.max(
    ...ours.first.map((value, place) => Math.abs(value - (other.first[place] ?? Number.NaN))),
  );
  if (difference < EMBEDDINGS_AGREE) {
    return `The embeddings of both sides differ by ${difference.toExponential(0)} at most.`;
  }
  throw new Error(`The sides do not compute the same: numbers differ by ${difference}.`);
}
