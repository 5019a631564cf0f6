import { AS_ADMIN } from '../../integration/admin-key.js';
import { quantile } from './statistics.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In base64; a picture is not text. */
  readonly body: string;
}

/** As much as can be answered: every connection sends its next request when the last is answered. */
export interface LoadOrder {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Every connection begins with another one. */
  readonly requests: readonly HttpRequest[];
}

/** Requests at even times, however long the answers take. */
export interface PaceOrder {
  readonly url: string;
  readonly perSecond: number;
  readonly seconds: number;
  readonly requests: readonly HttpRequest[];
}

/** What a load has met with. Times are milliseconds from sending a request to its whole answer. */
export interface HttpLoad {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** @throws Error when an answer was an error: what is answered wrongly is quickly answered */
export function httpLoadOf(
  milliseconds: readonly number[],
  seconds: number,
  faults: readonly string[],
): HttpLoad {
  const [fault] = faults;
  if (fault !== undefined) throw new Error(`${faults.length} requests failed: ${fault}`);
  return {
    requestsPerSecond: milliseconds.length / seconds,
    p50: quantile(milliseconds, 0.5),
    p99: quantile(milliseconds, 0.99),
  };
}

/** Whether an answer of this status and beginning is what was asked for. */
export function isAnswered(status: number, body: string): boolean {
  return status === 200 && !body.startsWith('{"errors"');
}

/** A GraphQL operation as clients send it. */
export function graphqlRequest(
  query: string,
  variables: Readonly<Record<string, unknown>>,
): HttpRequest {
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', ...AS_ADMIN },
    body: Buffer.from(JSON.stringify({ query, variables })).toString('base64'),
  };
}

const BOUNDARY = 'lookalike-bench';

export interface FormFile {
  readonly name: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A multipart request of these fields and one file, for GraphQL or any other form. */
export function formRequest(
  path: string,
  fields: Readonly<Record<string, string>>,
  file: FormFile,
): HttpRequest {
  const part = (name: string) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"`;
  const before = Object.entries(fields).map(([name, value]) => `${part(name)}\r\n\r\n${value}\r\n`);
  const type = `content-type: ${file.contentType}`;
  const head = `${part(file.name)}; filename="${file.fileName}"\r\n${type}\r\n\r\n`;
  const body = [before.join('') + head, file.bytes, `\r\n--${BOUNDARY}--\r\n`];
  return {
    method: 'POST',
    path,
    headers: {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'apollo-require-preflight': 'true',
      ...AS_ADMIN,
    },
    body: Buffer.concat(body.map((piece) => Buffer.from(piece as string))).toString('base64'),
  };
}
