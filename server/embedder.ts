import { serveRuntimes } from './adapters/model-runtime/child-process/embedding-process.js';
import { composeEmbedder } from './compose.js';
import { readConfig } from './config.js';

/** An embedding process: runs models for the API until the API is gone. */
serveRuntimes(composeEmbedder(readConfig(process.env)));
