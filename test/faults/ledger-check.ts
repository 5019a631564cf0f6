import { expect } from 'vitest';
import { SPLITS } from '../../server/domain/dataset.js';
import type { RunningServer } from '../integration/running-server.js';
import { until, type Dice } from './dice.js';
import { keyOf, type Ledger, type Words } from './ledger.js';
import { sha256 } from './ledger-client.js';
import { datasetFacts, listedImages, neighboursOf, type ListedImage } from './listing.js';

/** Images whose bytes are fetched by a check that is not deep, and those that are searched with. */
const SAMPLED = 12;
const SEARCHED = 2;
/** More neighbours than `similarImages` gives. */
const MOST_NEIGHBOURS = 1000;

/**
 * Holds a dataset against what was acknowledged of it: all of that is there, with its exact bytes and
 * words; nothing that was deleted is; what was in doubt is there whole or not at all, and then settled.
 * @param deep fetches every image, and searches with more of them
 */
export async function checkLedger(
  server: RunningServer,
  ledger: Ledger,
  dice: Dice,
  deep = false,
): Promise<void> {
  const { images, totalCount } = await listedImages(server, ledger.datasetId);
  const found = settleExistence(ledger, images);
  settleWords(ledger, found);
  expect(totalCount, 'images counted and listed').toBe(images.length);
  await checkBytes(server, ledger, dice, deep);
  await checkDeleted(server, ledger, dice);
  await checkCounts(server, ledger, images);
  await checkSearch(server, ledger, dice, deep);
}

function settleExistence(ledger: Ledger, images: readonly ListedImage[]): Map<string, ListedImage> {
  const found = new Map(images.map((image) => [image.id, image]));
  expect(found.size, 'ids are listed once').toBe(images.length);
  for (const { id, name, sha256: bytes } of images) {
    const doubtful = ledger.doubtfulAdditions.get(name);
    if (doubtful && !ledger.images.has(id)) ledger.added(name, id);
    const known = ledger.images.get(id);
    expect(ledger.deleted.has(id), `${name} was deleted, and is back`).toBe(false);
    expect(known, `nobody has sent image ${id}, ${name}`).toBeDefined();
    expect([name, bytes], `image ${id}`).toEqual([known?.name, known?.sha256]);
  }
  ledger.doubtfulAdditions.clear();
  for (const { id, name } of ledger.images.values()) {
    if (!found.has(id) && ledger.doubtfulDeletions.has(id)) ledger.gone(id);
    else expect(found.has(id), `${name} was acknowledged, and is lost`).toBe(true);
  }
  ledger.doubtfulDeletions.clear();
  return found;
}

/** What several images were to be called in one request is said of all or of none. */
function settleWords(ledger: Ledger, found: ReadonlyMap<string, ListedImage>): void {
  const said = (id: string): string => keyOf(wordsOf(found.get(id)));
  for (const { ids, before, after } of ledger.doubtfulChanges) {
    const words = (from: ReadonlyMap<string, Words>) => ids.map((id) => keyOf(wordsIn(from, id)));
    const isDone = JSON.stringify(ids.map(said)) === JSON.stringify(words(after));
    if (!isDone) expect(ids.map(said), 'a change was done by half').toEqual(words(before));
    for (const [id, now] of isDone ? after : before) ledger.said(id, now);
  }
  ledger.doubtfulChanges = [];
  for (const { id, name, words } of ledger.images.values()) {
    expect(said(id), `what is said of ${name}`).toBe(keyOf(words));
  }
}

function wordsOf(image: ListedImage | undefined): Words {
  if (!image) throw new Error('The image is not listed.');
  const metadata = image.metadata.map(({ key, value }) => [key, value] as const);
  return { label: image.label, split: image.split, metadata };
}

function wordsIn(from: ReadonlyMap<string, Words>, id: string): Words {
  const words = from.get(id);
  if (!words) throw new Error(`Nothing is known of image ${id}.`);
  return words;
}

async function checkBytes(
  server: RunningServer,
  ledger: Ledger,
  dice: Dice,
  deep: boolean,
): Promise<void> {
  const all = [...ledger.images.values()];
  const drawn = Array.from({ length: Math.min(SAMPLED, all.length) }, () => dice.pick(all));
  // The newest are what the fault may have hit.
  for (const image of deep ? all : [...drawn, ...all.slice(-SAMPLED)]) {
    const answer = await server.fetch(`/originals/${image.id}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([answer.status, sha256(bytes)], image.name).toEqual([200, image.sha256]);
    const thumbnail = await server.fetch(`/thumbnails/${image.id}`);
    expect(thumbnail.status, `thumbnail of ${image.name}`).toBe(200);
    await thumbnail.arrayBuffer();
  }
}

async function checkDeleted(server: RunningServer, ledger: Ledger, dice: Dice): Promise<void> {
  const deleted = [...ledger.deleted.keys()];
  for (let at = 0; at < Math.min(SAMPLED, deleted.length); at += 1) {
    const answer = await server.fetch(`/originals/${dice.pick(deleted)}`);
    await answer.arrayBuffer();
    expect(answer.status).toBe(404);
  }
}

/** What is counted is what is listed. */
async function checkCounts(
  server: RunningServer,
  ledger: Ledger,
  images: readonly ListedImage[],
): Promise<void> {
  const expected = new Map<string, number>();
  for (const { label, split } of images) {
    const key = JSON.stringify([label, split]);
    expected.set(key, (expected.get(key) ?? 0) + 1);
  }
  const facts = await datasetFacts(server, ledger.datasetId);
  const counted = facts.labelCounts.map(
    ({ label, split, count }) => [JSON.stringify([label, split]), count] as const,
  );
  expect(new Map(counted)).toEqual(expected);
  expect(facts.importedCount, 'images counted with the dataset').toBe(images.length);
}

/** Under an active model every image is found, and nothing else is. */
async function checkSearch(
  server: RunningServer,
  ledger: Ledger,
  dice: Dice,
  deep: boolean,
): Promise<void> {
  const facts = await datasetFacts(server, ledger.datasetId);
  if (!facts.activeModel) return;
  await until('all images are embedded', async () => {
    const { embeddingCounts } = await datasetFacts(server, ledger.datasetId);
    return embeddingCounts?.pending === 0;
  });
  const { images } = await listedImages(server, ledger.datasetId);
  const failed = images.filter(({ embedding }) => embedding !== 'EMBEDDED');
  expect(
    failed.map(({ name, embeddingFailure }) => `${name}: ${embeddingFailure ?? 'not embedded'}`),
  ).toEqual([]);
  if (images.length === 0) return;
  for (let at = 0; at < (deep ? 3 * SEARCHED : SEARCHED); at += 1) {
    const query = dice.pick(images);
    for (const split of SPLITS) {
      const options = { k: MOST_NEIGHBOURS, split };
      const { neighbours } = await neighboursOf(server, query.id, options);
      const others = images.filter((image) => image.split === split && image.id !== query.id);
      const ids = neighbours.map(({ id }) => id);
      expect(new Set(ids), `what ${query.name} is compared with`).toEqual(
        new Set(others.map(({ id }) => id)),
      );
      expect(ids).toHaveLength(others.length);
    }
  }
}
