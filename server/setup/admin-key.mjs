// @ts-check
// `npm run admin-key`: makes sure that the server is compiled, then makes another admin's key.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './repository.mjs';
import { setUp } from './runner/setup-session.mjs';
import { serverSteps } from './steps.mjs';

await setUp(serverSteps);
await import(pathToFileURL(path.join(root, 'build', 'server', 'admin-key.js')).href);
