import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { imageDeletionCases } from './image-deletion.cases.js';
import { imageFiltersCases } from './image-filters.cases.js';
import { imageLookupsCases } from './image-lookups.cases.js';
import { imageMetadataCases } from './image-metadata.cases.js';
import { imagesCases } from './images.cases.js';

describe.each(METADATA_ADAPTERS)('the table of images in %s', (_, open) => {
  imagesCases(open);
  imageFiltersCases(open);
  imageMetadataCases(open);
  imageLookupsCases(open);
  imageDeletionCases(open);
});
