import { inBatches } from '../domain/batches.js';
import type { BlobId } from '../domain/image.js';
import type { Bearer } from '../ports/inventory.js';
import type { StoredBlob } from '../ports/stored-blobs.js';
import type { Finding, Findings, Tally, VerificationParts } from './verification-findings.js';

const DELETED_AT_A_TIME = 500;
const THINGS: Readonly<Record<Bearer['kind'], string>> = {
  ORIGINAL: 'the original of',
  THUMBNAIL: 'the thumbnail of',
  WEIGHTS: 'the weights of',
  CHECKPOINT: 'the checkpoint of',
  REDRAWN: 'the redrawn picture of',
  MAP: 'the points of',
};

/**
 * Stored files that rows refer to and that are lost, and those that nothing refers to.
 * @param areTablesWhole whether no row can have been lost: else what seems to be nobody's may be somebody's
 */
export async function* blobFindings(
  parts: VerificationParts,
  tally: Tally,
  onRead: (bytes: number) => void,
  areTablesWhole: () => boolean,
): Findings {
  const { inventory, stored, isAlone } = parts;
  const borne = new Set<BlobId>();
  for await (const ids of inventory.blobIds()) {
    const fresh = [...new Set(ids)].filter((id) => !borne.has(id));
    for (const id of fresh) borne.add(id);
    for await (const blob of stored.read(fresh)) {
      tally.storedFiles += 1;
      tally.storedBytes += blob.bytes?.byteLength ?? 0;
      onRead(blob.bytes?.byteLength ?? 0);
      if (blob.fault !== null) yield* lossesOf(parts, blob);
    }
  }
  // Bytes are there before the row that bears them, and go after it: both are fine while a server runs.
  if (isAlone) yield* leftovers(parts, areTablesWhole());
}

/** Nobody bears, by now, what a server has deleted meanwhile. */
async function* lossesOf(parts: VerificationParts, blob: StoredBlob): Findings {
  for (const bearer of await parts.inventory.bearers([blob.id])) {
    const how = blob.fault === 'BLOB_MISSING' ? 'is missing' : 'is damaged';
    const what = `${THINGS[bearer.kind]} ${bearer.words} ${how} (${blob.id})`;
    const finding = { kind: `${bearer.kind}_LOST` as const, what };
    if (bearer.kind === 'THUMBNAIL') {
      yield { ...finding, repair: () => redoThumbnail(parts, bearer) };
    } else if (bearer.kind === 'MAP') {
      yield {
        ...finding,
        what: `${what}; without them it is drawn anew`,
        repair: () => forget(parts, 'MAP', blob.id),
      };
    } else if (bearer.kind === 'REDRAWN') {
      yield {
        ...finding,
        what: `${what}; it can only be forgotten`,
        repair: () => forget(parts, 'REDRAWN', blob.id),
      };
    } else {
      yield { ...finding, what: `${what}. Restore it from a backup`, repair: null };
    }
  }
}

/** Its bytes, if there are any, are left over then. */
async function forget(
  { inventory }: VerificationParts,
  kind: 'MAP' | 'REDRAWN',
  id: BlobId,
): Promise<boolean> {
  await inventory.forget(kind, id);
  return true;
}

/** Makes it of the original, as when the picture came in. */
async function redoThumbnail(
  { inventory, stored, blobs, images, bulk }: VerificationParts,
  { id, blobId }: Bearer,
): Promise<boolean> {
  for await (const { fault } of stored.read([blobId])) if (fault === null) return true;
  const image = await images.byId(id);
  if (!image) return true;
  for await (const { bytes } of stored.read([image.blobId])) {
    if (!bytes) return false;
    const [examined] = await bulk.examine(null, [bytes]);
    if (!examined || !('facts' in examined)) return false;
    // Damaged bytes are replaced by those of the same name; under another name they are left over.
    const { thumbnail } = examined;
    const redone = thumbnail ? await blobs.put(thumbnail) : null;
    await inventory.replaceThumbnail(id, blobId, redone);
  }
  return true;
}

async function* leftovers(
  { inventory, stored, blobs, doomed }: VerificationParts,
  areTablesWhole: boolean,
): Findings {
  // Asked anew: what was repaired on the way here bears other files than before.
  const borne = new Set<BlobId>();
  for await (const ids of inventory.blobIds()) for (const id of ids) borne.add(id);
  const orphans: BlobId[] = [];
  for await (const ids of stored.list()) orphans.push(...ids.filter((id) => !borne.has(id)));
  if (orphans.length > 0 && !areTablesWhole) {
    yield {
      kind: 'BLOBS_ORPHANED',
      what:
        `${orphans.length} stored files belong to nothing that is left in the tables. They are kept: ` +
        'rows that bore them may be what was lost',
      repair: null,
    } satisfies Finding;
  } else if (orphans.length > 0) {
    yield {
      kind: 'BLOBS_ORPHANED',
      what: `${orphans.length} stored files belong to nothing`,
      repair: async () => {
        for (const batch of inBatches(orphans, DELETED_AT_A_TIME)) {
          await blobs.deleteMany(batch);
          await doomed.forget(batch);
        }
        return true;
      },
    } satisfies Finding;
  }
  const unfinished = await stored.sweepUnfinished(false);
  if (unfinished === 0) return;
  yield {
    kind: 'WRITES_UNFINISHED',
    what: `${unfinished} files were being written when the server ended`,
    repair: async () => {
      await stored.sweepUnfinished(true);
      return true;
    },
  };
}
