import { serveModelRuntime } from './adapters/model-runtime/child-process/embedding-process.js';
import { composeEmbedder } from './compose.js';
import { readConfig } from './config.js';

/** The embedding process: runs models for the API until the API is gone. */
serveModelRuntime(composeEmbedder(readConfig(process.env)));
