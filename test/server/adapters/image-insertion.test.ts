import { expect, it } from 'vitest';
import { openSqlite } from '../../contract/metadata/sqlite.js';
import { newImage } from '../../contract/metadata/rows.js';
import type { NewImage } from '../../../server/domain/image.js';

const LABELS = [
  'Bag',
  null,
  '',
  'O\'Neil "x" \\ \\u0041',
  'Käse 猫 🐈',
  'a\nb\tc',
  'null',
  '17',
  '1e3',
];

/** Rows as they come back, but for what differs on purpose. */
async function inserted(images: (datasetId: number) => NewImage[]) {
  const { datasets, images: store } = await openSqlite();
  const { id } = await datasets.findOrCreate('pictures', 'Pictures');
  await store.insertMany(images(id));
  return store.page(id, {}, { limit: 100 });
}

const labelled = (datasetId: number, changes: Partial<NewImage> = {}) =>
  LABELS.map((label, at) =>
    newImage(datasetId, `n/${LABELS.length - at}`, {
      label,
      width: at + 1,
      hasAlpha: at % 2 === 1,
      thumbnailBlobId: at % 3 === 0 ? 'b'.repeat(64) : null,
      addedAt: new Date(1_600_000_000_000 + at),
      ...changes,
    }),
  );

it('images inserted as one JSON text are those that are inserted value by value', async () => {
  const asJson = await inserted((id) => labelled(id));
  // With metadata, rows are inserted by themselves and asked back.
  const byValue = await inserted((id) =>
    labelled(id, { metadata: [{ key: 'colour', value: 'red' }] }),
  );
  expect(asJson).toHaveLength(LABELS.length);
  expect(asJson).toEqual(byValue);
  expect(asJson.map(({ label }) => label)).toEqual(LABELS);
});

it('also where JSON and SQLite would read a character differently', async () => {
  const strange = (metadata: NewImage['metadata']) => (id: number) =>
    ['a\0b', 'half \ud83d'].map((label, at) =>
      newImage(id, `n/${at}`, { label, metadata, addedAt }),
    );
  const addedAt = new Date(1_600_000_000_000);
  const rows = await inserted(strange([]));
  expect(rows).toEqual(await inserted(strange([{ key: 'colour', value: 'red' }])));
  expect(rows[1]?.label).toBe('half \ufffd');
});

it('thousands of images, which a thread inserts, are those that are inserted a few at a time', async () => {
  const { datasets, images: store } = await openSqlite();
  const { id } = await datasets.findOrCreate('pictures', 'Pictures');
  const names = Array.from({ length: 1200 }, (_, at) => `n/${at}`);
  const rows = (datasetId: number) =>
    names.map((name, at) =>
      newImage(datasetId, name, {
        label: LABELS[at % LABELS.length] ?? null,
        addedAt: new Date(at),
      }),
    );
  await store.insertMany(rows(id).slice(0, 400));
  await store.insertMany(rows(id));
  const { id: other } = await datasets.findOrCreate('others', 'Others');
  for (let start = 0; start < names.length; start += 300) {
    await store.insertMany(rows(other).slice(start, start + 300));
  }
  const [atOnce, inParts] = await Promise.all(
    [id, other].map(async (datasetId) =>
      (await store.byIds(await store.ids(datasetId, {}))).map((image) => ({
        ...image,
        id: null,
        datasetId: null,
      })),
    ),
  );
  expect(atOnce?.map(({ name }) => name)).toEqual(names);
  expect(atOnce).toEqual(inParts);
});

it('a few images that come upon thousands are inserted behind them', async () => {
  const { datasets, images: store } = await openSqlite();
  const { id } = await datasets.findOrCreate('pictures', 'Pictures');
  const names = Array.from({ length: 1200 }, (_, at) => `n/${at}`);
  const rows = names.map((name) => newImage(id, name));
  await Promise.all([store.importMany(rows.slice(0, -3)), store.importMany(rows.slice(-3))]);
  const inOrder = await store.byIds(await store.ids(id, {}));
  expect(inOrder.map(({ name }) => name)).toEqual(names);
});

it('of thousands of images one that cannot be inserted keeps all out', async () => {
  const { datasets, images: store } = await openSqlite();
  const { id } = await datasets.findOrCreate('pictures', 'Pictures');
  const rows = Array.from({ length: 800 }, (_, at) =>
    newImage(at === 700 ? id + 1 : id, `n/${at}`),
  );
  await expect(store.insertMany(rows)).rejects.toMatchObject({
    code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  });
  expect(await store.count(id, {})).toBe(0);
});
