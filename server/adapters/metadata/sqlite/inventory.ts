import Libsql from 'libsql';
import { join } from 'node:path';
import { inBatches } from '../../../domain/batches.js';
import type { BlobId } from '../../../domain/image.js';
import type { Bearer, InspectedEmbeddings, Inventory } from '../../../ports/inventory.js';
import { borneBlobs } from './borne-blobs.js';
import { vectorOf } from './vectors.js';

const ROWS_AT_A_TIME = 1000;

/** Each kind of row that bears a blob: its blob, its id, and what people know it by. */
const BEARERS = `
  select blob_id, 'ORIGINAL' as kind, image.id,
    'image ' || image.id || ' (' || image.name || ' of dataset ' || dataset.name || ')' as words
  from image join dataset on dataset.id = dataset_id where substr(blob_id, 1, 12) = substr(?1, 1, 12)
  union all
  select thumbnail_blob_id, 'THUMBNAIL', id, 'image ' || id || ' (' || name || ')'
  from image where thumbnail_blob_id = ?1
  union all select weights_blob_id, 'WEIGHTS', id, 'model ' || id from model where weights_blob_id = ?1
  union all select blob_id, 'CHECKPOINT', run_id, 'training run ' || run_id || ', epoch ' || epoch
  from checkpoint where blob_id = ?1
  union all select blob_id, 'CHECKPOINT', run_id, 'training run ' || run_id || ', its best epoch ' || epoch
  from best_checkpoint where blob_id = ?1
  union all select blob_id, 'REDRAWN', run_id,
    'training run ' || run_id || ', epoch ' || epoch || ', image ' || image_id
  from epoch_reconstruction where blob_id = ?1
  union all select blob_id, 'MAP', model_id, 'the map ' || kind || ' of model ' || model_id
  from embedding_map where blob_id = ?1`;

const CONTRADICTIONS = `
  select 'model ' || model.id || ' is of training run ' || run.id || ', which is ' || run.status as words
  from model join training_run run on run.id = model.id where run.status <> 'SUCCEEDED'
  union all
  select 'model ' || model.id || ' and its training run belong to different datasets'
  from model join training_run run on run.id = model.id where run.dataset_id <> model.dataset_id
  union all
  select 'training run ' || run.id || ' has done ' || epochs_done || ' epochs, and its checkpoint is of ' ||
    coalesce('epoch ' || checkpoint.epoch, 'none')
  from training_run run left join checkpoint on checkpoint.run_id = run.id
  where run.status in ('QUEUED', 'RUNNING', 'INTERRUPTED')
    and epochs_done > 0 and checkpoint.epoch is not epochs_done
  union all
  select 'training run ' || run.id || ' has done ' || epochs_done || ' epochs, and tells of ' || (
    select count(*) from epoch where epoch.run_id = run.id)
  from training_run run
  where run.status in ('QUEUED', 'RUNNING', 'INTERRUPTED')
    and epochs_done <> (select count(*) from epoch where epoch.run_id = run.id)`;

const LOST_ACTIVE = `
  select dataset.id as datasetId,
    'the active model ' || active_model_id || ' of dataset ' || dataset.name || ' is not there' as words
  from dataset left join model on model.id = active_model_id and model.dataset_id = dataset.id
  where active_model_id is not null and model.id is null`;

const WRONG_COUNTS = `
  select id as datasetId, 'dataset ' || name || ' tells of ' || imported_count || ' images and has ' ||
    (select count(*) from image where dataset_id = dataset.id) as words
  from dataset where status = 'READY'
    and imported_count <> (select count(*) from image where dataset_id = dataset.id)`;

const ORPHANED_EMBEDDINGS = `
  from embedding where not exists (select 1 from model where model.id = model_id)
    and not exists (
      select 1 from training_run run where run.id = model_id and run.status <> 'SUCCEEDED')`;

/** The tables through a connection of its own. They must be of the newest schema. */
export class SqliteInventory implements Inventory {
  private readonly database: Libsql.Database;

  constructor(dataDirectory: string) {
    this.database = new Libsql(join(dataDirectory, 'metadata.sqlite'));
    this.database.pragma('busy_timeout = 20000');
    this.database.pragma('foreign_keys = on');
    // The first that is read: SQLite tells now whether the file is one of its own.
    this.database.prepare('select count(*) from sqlite_master').all();
  }

  faults(): Promise<string[]> {
    const rows = this.database.prepare('pragma integrity_check').raw().all() as [string][];
    return Promise.resolve(rows.map(([fault]) => fault).filter((fault) => fault !== 'ok'));
  }

  rebuildIndexes(): Promise<void> {
    this.database.exec('reindex');
    return Promise.resolve();
  }

  brokenReferences(): Promise<string[]> {
    const rows = this.rows<{ child: string; row: number | null; parent: string }>(
      'select "table" as child, rowid as row, parent from pragma_foreign_key_check',
    );
    return Promise.resolve(
      rows.map(({ child, row, parent }) => `row ${row ?? '?'} of ${child} refers to no ${parent}`),
    );
  }

  contradictions(): Promise<string[]> {
    return Promise.resolve(this.rows<{ words: string }>(CONTRADICTIONS).map(({ words }) => words));
  }

  lostActiveModels(): Promise<{ datasetId: number; words: string }[]> {
    return Promise.resolve(this.rows(LOST_ACTIVE));
  }

  restoreActiveModel(datasetId: number): Promise<void> {
    this.run(
      `update dataset set active_model_id = (
         select model_id from model_activation activation join model on model.id = model_id
         where model.dataset_id = dataset.id and activation.dataset_id = dataset.id
         order by activation.id desc limit 1)
       where id = ?`,
      datasetId,
    );
    return Promise.resolve();
  }

  wrongCounts(): Promise<{ datasetId: number; words: string }[]> {
    return Promise.resolve(this.rows(WRONG_COUNTS));
  }

  imageCount(): Promise<number> {
    return Promise.resolve(this.count('from image'));
  }

  blobIds(): AsyncIterable<readonly BlobId[]> {
    return borneBlobs(this.database);
  }

  bearers(blobIds: readonly BlobId[]): Promise<Bearer[]> {
    const statement = this.database.prepare(
      `select blob_id as blobId, kind, id, words from (${BEARERS}) where blob_id = ?1`,
    );
    return Promise.resolve(blobIds.flatMap((id) => statement.all(id) as Bearer[]));
  }

  replaceThumbnail(imageId: number, old: BlobId, thumbnail: BlobId | null): Promise<void> {
    const update = 'update image set thumbnail_blob_id = ? where id = ? and thumbnail_blob_id = ?';
    this.run(update, thumbnail, imageId, old);
    return Promise.resolve();
  }

  forget(kind: 'REDRAWN' | 'MAP', blobId: BlobId): Promise<void> {
    const table = kind === 'MAP' ? 'embedding_map' : 'epoch_reconstruction';
    this.run(`delete from ${table} where blob_id = ?`, blobId);
    return Promise.resolve();
  }

  async *embeddings(modelId: number, length: number): AsyncGenerator<InspectedEmbeddings> {
    await Promise.resolve();
    const next = this.database.prepare(
      `select image_id as imageId, vector, image.dataset_id as datasetId, model.dataset_id as own
       from embedding join image on image.id = image_id left join model on model.id = model_id
       where model_id = ? and image_id > ? order by image_id limit ?`,
    );
    for (let after = 0; ;) {
      const rows = next.all(modelId, after, ROWS_AT_A_TIME) as EmbeddingRow[];
      if (rows.length === 0) return;
      after = rows.at(-1)?.imageId ?? after;
      const invalid = rows.flatMap((row) => {
        const reason = faultOf(row, length);
        return reason === null ? [] : [{ imageId: row.imageId, reason }];
      });
      const ids = new Set(invalid.map(({ imageId }) => imageId));
      const sound = rows
        .filter(({ imageId }) => !ids.has(imageId))
        .map(({ imageId, vector }) => ({ imageId, vector: vectorOf(vector) }));
      yield { sound, invalid };
    }
  }

  forgetEmbeddings(modelId: number, imageIds: readonly number[]): Promise<void> {
    for (const batch of inBatches(imageIds, ROWS_AT_A_TIME)) {
      const places = batch.map(() => '?').join(', ');
      const deletion = `delete from embedding where model_id = ? and image_id in (${places})`;
      this.run(deletion, modelId, ...batch);
    }
    return Promise.resolve();
  }

  orphanedEmbeddings(): Promise<number> {
    return Promise.resolve(this.count(ORPHANED_EMBEDDINGS));
  }

  close(): void {
    this.database.close();
  }

  private rows<Row>(select: string): Row[] {
    return this.database.prepare(select).all() as Row[];
  }

  private count(from: string): number {
    return this.rows<{ count: number }>(`select count(*) as count ${from}`)[0]?.count ?? 0;
  }

  private run(change: string, ...parameters: readonly (string | number | null)[]): void {
    this.database.prepare(change).run(...parameters);
  }
}

interface EmbeddingRow {
  readonly imageId: number;
  readonly vector: Uint8Array | ArrayBuffer;
  readonly datasetId: number;
  readonly own: number | null;
}

function faultOf({ vector, datasetId, own }: EmbeddingRow, length: number): string | null {
  if (own !== null && own !== datasetId) return 'the image is of another dataset';
  const { byteLength } = vector;
  if (byteLength !== 4 * length) return `it has ${byteLength} bytes instead of ${4 * length}`;
  const isFinite = vectorOf(vector).every((number) => Number.isFinite(number));
  return isFinite ? null : 'it holds what is no number';
}
