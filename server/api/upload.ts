import type { FileUpload } from 'graphql-upload/processRequest.mjs';
import { LookalikeError, reasonOf } from '../domain/errors.js';

/** Most bytes of one picture file. */
export const MAX_PICTURE_BYTES = 100_000_000;
/** Most bytes that are read of one file, which a request may name in many places: each of them holds it in memory. */
const MAX_READ_BYTES = 2 * MAX_PICTURE_BYTES;
const readBytes = new WeakMap<FileUpload, number>();

/** A file that came in a small request, all of which is in memory. */
export interface FileInMemory extends FileUpload {
  readonly bytes: Uint8Array;
}

/**
 * The bytes of an uploaded picture. Files inside an input object arrive as promises.
 * @throws LookalikeError UPLOAD_TOO_LARGE, UPLOAD_NOT_AN_IMAGE when the transfer broke off
 */
export async function readUpload(
  file: FileUpload | PromiseLike<FileUpload>,
  maxBytes = MAX_PICTURE_BYTES,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const received = await file;
    if (isInMemory(received)) {
      if (received.bytes.byteLength > maxBytes) throw tooLarge(maxBytes);
      return received.bytes;
    }
    for await (const chunk of received.createReadStream()) {
      if (!(chunk instanceof Uint8Array)) continue;
      length += chunk.byteLength;
      if (length > maxBytes) throw tooLarge(maxBytes);
      const read = (readBytes.get(received) ?? 0) + chunk.byteLength;
      if (read > MAX_READ_BYTES) throw namedTooOften();
      readBytes.set(received, read);
      chunks.push(chunk);
    }
  } catch (thrown) {
    if (thrown instanceof LookalikeError) throw thrown;
    // So says the multipart parser, which keeps a limit of its own.
    if (/exceeds|size limit/i.test(reasonOf(thrown))) throw tooLarge(maxBytes);
    throw new LookalikeError(
      'UPLOAD_NOT_AN_IMAGE',
      `The upload was not received whole: ${reasonOf(thrown)}`,
    );
  }
  return Buffer.concat(chunks);
}

function isInMemory(file: FileUpload): file is FileInMemory {
  return 'bytes' in file && file.bytes instanceof Uint8Array;
}

function tooLarge(maxBytes: number): LookalikeError {
  return new LookalikeError(
    'UPLOAD_TOO_LARGE',
    `The file is over ${maxBytes / 1_000_000} MB. Send a smaller one.`,
  );
}

function namedTooOften(): LookalikeError {
  return new LookalikeError(
    'UPLOAD_TOO_LARGE',
    `One file is named so often that it comes to over ${MAX_READ_BYTES / 1_000_000} MB. Ask for less at a time.`,
  );
}
