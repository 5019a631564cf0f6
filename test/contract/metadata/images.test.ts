import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { imagesCases } from './images.cases.js';

describe.each(METADATA_ADAPTERS)('the table of images in %s', (_, open) => {
  imagesCases(open);
});
