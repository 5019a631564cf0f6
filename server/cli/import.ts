import { stat } from 'node:fs/promises';
import { reasonOf } from '../domain/errors.js';
import type { ImportOptions } from './arguments.js';
import { openFolder } from './folder.js';
import { batchesOf, type Batch, type RefusedPicture } from './image-batches.js';
import { readLabels, type LabelRows } from './labels-file.js';
import type { PictureSource } from './picture-source.js';
import { placementRule } from './placement.js';
import { counted, duration, Progress } from './progress.js';
import { Report } from './report.js';
import { NoAnswer, ServerClient, ServerRefused, type Answer } from './server-client.js';
import { openZip } from './zip.js';
import { UsageError } from './usage-error.js';

const IN_FLIGHT = 2;
const UNUSED_SHOWN = 5;
const KEY_NEEDED =
  'Set LOOKALIKE_KEY to a key of the role CONTRIBUTE or ADMIN; the page Keys of the console makes one.';
const GO_ON = 'The same command goes on from here; nothing is added twice.';

class NobodyThere extends NoAnswer {}

type Outcomes = Record<Answer['outcome'], number>;

/**
 * Brings pictures into a dataset of a running server.
 * @param key lets it in; null where there is none
 * @returns the exit code: 0 when every file was taken, otherwise 1
 * @throws UsageError
 */
export async function importPictures(options: ImportOptions, key: string | null): Promise<number> {
  const labels = options.labels === null ? null : await readLabels(options.labels);
  const { source, isZip } = await sourceAt(options.path);
  const report = await Report.open(options.report);
  const progress = new Progress(process.stderr, source.names.length);
  const client = new ServerClient(options.server, key, (why) => {
    progress.say(`The server does not answer (${why}); trying again`);
  });
  const startedAt = Date.now();
  const outcomes: Outcomes = { ADDED: 0, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 };
  try {
    const datasetId = await datasetIdOf(client, options);
    const placementOf = placementRule(source.names, isZip);
    const batches = batchesOf(source, { placementOf, labels, split: options.split });
    const take = async (batch: Batch) => {
      const answers = batch.pictures.length > 0 ? await client.add(datasetId, batch.pictures) : [];
      const refused = [...batch.refused, ...refusedOf(batch, answers)];
      for (const { outcome } of answers) outcomes[outcome] += 1;
      outcomes.REFUSED += batch.refused.length;
      await report.add(refused);
      const bytes = batch.pictures.reduce((sum, picture) => sum + picture.bytes.byteLength, 0);
      const done = batch.pictures.length + batch.refused.length;
      progress.add({ done, bytes, refused: refused.length });
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, () => takeAll(batches, take)));
  } catch (thrown) {
    progress.clear();
    if (!(thrown instanceof ServerRefused || thrown instanceof NoAnswer)) throw thrown;
    console.error(thrown instanceof NobodyThere ? thrown.message : `${told(thrown)}\n${GO_ON}`);
    return 1;
  } finally {
    progress.clear();
    await report.close();
  }
  console.log(summaryOf(outcomes, (Date.now() - startedAt) / 1000));
  if (labels) console.log(labelsTold(labels, options.labels ?? ''));
  for (const line of refusalsTold(report, options.report)) console.log(line);
  return report.refusedCount === 0 ? 0 : 1;
}

async function sourceAt(path: string): Promise<{ source: PictureSource; isZip: boolean }> {
  const facts = await stat(path).catch((thrown: unknown) => {
    throw new UsageError(`${path} cannot be read (${reasonOf(thrown)}).`);
  });
  if (facts.isDirectory()) return { source: await openFolder(path), isZip: false };
  if (facts.isFile()) return { source: await openZip(path), isZip: true };
  throw new UsageError(`${path} is neither a folder nor a zip file.`);
}

async function datasetIdOf(client: ServerClient, options: ImportOptions): Promise<string> {
  try {
    return await client.datasetId(options.dataset, options.title);
  } catch (thrown) {
    if (!(thrown instanceof NoAnswer)) throw thrown;
    throw new NobodyThere(
      `No server answers at ${options.server} (${thrown.message}). ` +
        'Start it with `npm start`, or say where it is with --server URL.',
    );
  }
}

/** Takes batch after batch; several of these share the batches among them. */
async function takeAll(
  batches: AsyncIterator<Batch>,
  take: (batch: Batch) => Promise<void>,
): Promise<void> {
  for (;;) {
    const next = await batches.next();
    if (next.done) return;
    await take(next.value);
  }
}

function refusedOf({ pictures }: Batch, answers: readonly Answer[]): RefusedPicture[] {
  return answers.flatMap(({ refusal }, at) => {
    const picture = pictures[at];
    return refusal && picture ? [{ name: picture.name, ...refusal }] : [];
  });
}

function told(thrown: ServerRefused | NoAnswer): string {
  if (!(thrown instanceof ServerRefused)) return thrown.message;
  if (thrown.code === 'UNAUTHENTICATED') return `${thrown.code}: ${KEY_NEEDED}`;
  return `${thrown.code}: ${thrown.message}`;
}

function summaryOf({ ADDED, UPDATED, UNCHANGED, REFUSED }: Outcomes, seconds: number): string {
  const total = ADDED + UPDATED + UNCHANGED + REFUSED;
  const parts = [
    `${counted(ADDED)} added`,
    ...(UPDATED > 0 ? [`${counted(UPDATED)} described anew`] : []),
    `${counted(UNCHANGED)} there already`,
    `${counted(REFUSED)} refused`,
  ];
  return `${counted(total)} files in ${duration(seconds)}: ${parts.join(', ')}`;
}

function labelsTold(labels: LabelRows, path: string): string {
  const unused = labels.unusedNames(UNUSED_SHOWN).join(', ');
  const more = labels.unusedCount > UNUSED_SHOWN ? ', …' : '';
  return (
    `${path}: ${counted(labels.unusedCount)} rows without a file` +
    `${unused === '' ? '' : ` (${unused}${more})`}, ` +
    `${counted(labels.missCount)} files without a row`
  );
}

function refusalsTold(report: Report, path: string | null): string[] {
  if (report.refusedCount === 0) return [];
  const lines = report.shown.map(({ name, code, message }) => `  ${name}: ${code}: ${message}`);
  const more = report.refusedCount - report.shown.length;
  return [
    'Not taken:',
    ...lines,
    ...(more > 0 ? [`  and ${counted(more)} more`] : []),
    path === null ? '--report FILE writes them all to a file.' : `All of them are in ${path}.`,
  ];
}
