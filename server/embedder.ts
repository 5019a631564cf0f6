import { serveRuntimes } from './adapters/model-runtime/child-process/embedding-process.js';
import { composeEmbedder } from './compose-children.js';
import { readConfig } from './config.js';

/** An embedding process: runs models for the API until the API is gone. */
const config = readConfig(process.env);
serveRuntimes((onBatch) => composeEmbedder(config, onBatch));
