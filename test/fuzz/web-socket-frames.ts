import { randomBytes } from 'node:crypto';

/** The request that opens a connection for GraphQL (RFC 6455, 4.1). */
export function openingOf(headers: Readonly<Record<string, string>>): string {
  return [
    ...['GET /graphql HTTP/1.1', 'host: 127.0.0.1', 'connection: Upgrade', 'upgrade: websocket'],
    ...['sec-websocket-version: 13', `sec-websocket-key: ${randomBytes(16).toString('base64')}`],
    'sec-websocket-protocol: graphql-transport-ws',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');
}

/** A whole frame of a client, masked by zeros (RFC 6455, 5.2). @param opcode 1 is text */
export function clientFrame(payload: Uint8Array, opcode: number): Buffer {
  const { byteLength } = payload;
  const length = Buffer.alloc(byteLength < 126 ? 1 : 3);
  length[0] = 0x80 | (byteLength < 126 ? byteLength : 126);
  if (byteLength >= 126) length.writeUInt16BE(byteLength, 1);
  return Buffer.concat([Buffer.from([0x80 | opcode]), length, Buffer.alloc(4), payload]);
}
