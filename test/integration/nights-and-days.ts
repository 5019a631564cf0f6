import sharp from 'sharp';
import { runCommand } from './command-line.js';
import { ask } from './graphql-request.js';
import { writeFolder } from './picture-folder.js';
import type { RunningServer } from './running-server.js';
import { waitForStatus } from './training.js';

/**
 * Nights in the folder of days, which are nearest to nights by their light. Two of them are near each
 * other, so that neither is quite sure to be a night.
 */
export const MISLABELLED = ['days/night-30.png', 'days/night-32.png', 'days/night-74.png'];
/** In no folder: they have no label. */
export const UNLABELLED = ['day-40.png', 'day-41.png', 'night-40.png', 'night-41.png'];
/** Of each kind, in its own folder. */
const EACH = 24;

/** A dark picture with a light sky-line, or the other way round; each number has its own. */
export function scene(kind: 'night' | 'day', number: number, side = 32): Promise<Buffer> {
  const pixels = Uint8Array.from({ length: side * side }, (_, at) => {
    const [column, row] = [at % side, Math.floor(at / side)];
    const skyline = side * (0.6 + 0.08 * Math.sin(number + (column / side) * 6));
    const light = (row > skyline ? 190 : 30) + ((number * 7 + column) % 20);
    return kind === 'night' ? light : 250 - light;
  });
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
}

/**
 * Imports pictures of nights and days into a new dataset, 1, some of which are mislabelled and some
 * unlabelled, and trains on them. @param folder that the pictures are written to
 */
export async function trainOnNightsAndDays(server: RunningServer, folder: string): Promise<void> {
  const names = [...MISLABELLED, ...UNLABELLED];
  for (let number = 0; number < EACH; number += 1) {
    names.push(`nights/night-${number}.png`, `days/day-${number}.png`);
  }
  const files = await Promise.all(
    names.map(async (name) => {
      const [, kind, number] = /(night|day)-(\d+)\.png$/.exec(name) ?? [];
      return [name, await scene(kind === 'night' ? 'night' : 'day', Number(number))] as const;
    }),
  );
  await writeFolder(folder, Object.fromEntries(files));
  const words = ['import', folder, '--dataset', 'scenes', '--server', server.url];
  const { code, stderr } = await runCommand(...words);
  if (code !== 0) throw new Error(stderr);
  const { startTraining } = await ask<{ startTraining: { id: string } }>(
    server,
    `mutation { startTraining(input: { datasetId: 1, architecture: "pixel-components",
      hyperparameters: [{ name: "components", value: 8 }, { name: "whitening", value: 0 }] }) { id } }`,
  );
  await waitForStatus(server, startTraining.id, 'SUCCEEDED');
}
