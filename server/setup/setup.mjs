// @ts-check
// `npm run setup`: what `npm start` does before it starts the server, for images and caches.
import { setUp } from './runner/setup-session.mjs';
import { serverSteps } from './steps.mjs';

await setUp(serverSteps);
console.log('Everything that the server needs is here: npm start');
