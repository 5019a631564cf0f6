import type { FileUpload } from 'graphql-upload/processRequest.mjs';
import { LookalikeError, reasonOf } from '../domain/errors.js';

/**
 * The bytes of an uploaded file. The size limit is kept by the multipart parser.
 * @throws LookalikeError UPLOAD_TOO_LARGE, UPLOAD_NOT_AN_IMAGE when the transfer broke off
 */
export async function readUpload(file: FileUpload): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of file.createReadStream()) {
      if (chunk instanceof Uint8Array) chunks.push(chunk);
    }
  } catch (thrown) {
    if (/exceeds|size limit/i.test(reasonOf(thrown))) throw new LookalikeError('UPLOAD_TOO_LARGE');
    throw new LookalikeError(
      'UPLOAD_NOT_AN_IMAGE',
      `The upload was not received whole: ${reasonOf(thrown)}`,
    );
  }
  return Buffer.concat(chunks);
}
