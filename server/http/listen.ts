import type { Server } from 'node:http';
import { LookalikeError, reasonOf } from '../domain/errors.js';

/**
 * Has the server listen; 0 takes any free port.
 * @returns the port. @throws LookalikeError PORT_UNAVAILABLE
 */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (thrown) => {
      reject(
        new LookalikeError(
          'PORT_UNAVAILABLE',
          `Port ${port} on ${host} cannot be listened on (${reasonOf(thrown)}). ` +
            'Stop what uses it, or set PORT to another one.',
          { cause: thrown },
        ),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
