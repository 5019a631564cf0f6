import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../domain/network.js';

/** More than these are closed as they come: each takes a file, and memory. */
const MOST_CONNECTIONS = 4000;

/**
 * Closes connections as they come that are too many, in all or of one network, which may have half of them:
 * whoever opens them without end keeps nobody else out.
 * @param isBehindProxy whether all of them come from a proxy of ours, which bounds its own
 */
export function boundConnections(
  server: Server,
  isBehindProxy: boolean,
  most = MOST_CONNECTIONS,
): void {
  server.maxConnections = most;
  if (isBehindProxy) return;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const count = (open.get(network) ?? 0) + 1;
    if (count > most / 2) {
      socket.destroy();
      return;
    }
    open.set(network, count);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left > 0) open.set(network, left);
      else open.delete(network);
    });
  });
}
