import { hash, randomBytes } from 'node:crypto';
import type { Secrets } from '../../../ports/secrets.js';

const BYTES = 32;

/**
 * Secrets from the system's generator, known by their SHA-256. A hash that is slow on purpose guards
 * words that people choose: 256 random bits cannot be tried out, however fast each try is.
 */
export class NodeSecrets implements Secrets {
  create(): string {
    return randomBytes(BYTES).toString('base64url');
  }

  hash(secret: string): string {
    return hash('sha256', secret, 'base64url');
  }
}
