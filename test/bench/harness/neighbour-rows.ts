import type { Estimate, NeighbourScores } from '../../../server/domain/evaluation.js';
import type { Row, Tools } from './benchmark.js';

/** What `sides/neighbours.ts` answers. */
export interface NeighbourQuality extends NeighbourScores {
  /** Share of neighbours of the query's label before the network was settled; null where that changes nothing. */
  readonly unsettled: Estimate | null;
  readonly trainingSeconds: number;
}

/** Of the longest training; the targets allow half an hour, on a machine with nothing else to do. */
const PATIENCE_SECONDS = 90 * 60;
const MOST_TRAINING_SECONDS = 30 * 60;

/** An architecture's share of neighbours with the query's label, and how long it trains. */
export async function neighbourRows(
  tools: Tools,
  what: string,
  args: readonly string[],
  atLeast?: number,
): Promise<Row[]> {
  const program = tools.node('neighbours', { args });
  const quality = await program.ask<NeighbourQuality>(null, PATIENCE_SECONDS);
  await program.close();
  const { precisionAt10, precisionAt1, meanAveragePrecisionAt100, accuracyAt10, unsettled } =
    quality;
  const texts = [
    `P@10 ${interval(precisionAt10)}`,
    `P@1 ${interval(precisionAt1)}`,
    `mAP@100 ${interval(meanAveragePrecisionAt100)}`,
    `10-NN accuracy ${interval(accuracyAt10)}`,
    ...(unsettled ? [`P@10 without the memory of labels ${interval(unsettled)}`] : []),
  ];
  const score = { what, unit: 'P@10', ours: [precisionAt10.value], other: null };
  const remark = `${texts.join(', ')} (95 % bootstrap intervals).`;
  return [
    { ...score, remark, ...(atLeast === undefined ? {} : { target: { of: 'ours', atLeast } }) },
    {
      what: `${what}: training`,
      unit: 's',
      ours: [quality.trainingSeconds],
      other: null,
      target: { of: 'ours', atMost: MOST_TRAINING_SECONDS },
    },
  ];
}

function interval({ value, low, high }: Estimate): string {
  return `${value.toFixed(4)} (${low.toFixed(4)}–${high.toFixed(4)})`;
}
