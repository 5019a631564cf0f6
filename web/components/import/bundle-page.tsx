'use client';

import { useState } from 'react';
import { collectDropped, collectFiles, type Collection } from '../../lib/import-collect';
import { ProblemNote } from '../elements/error-note';
import { PageHeader } from '../elements/page-header';
import { BundleCard } from './bundle-card';
import { DropZone } from './drop-zone';

const NO_BUNDLE =
  'That is no bundle: a zip that Lookalike has exported, with a manifest.json. To import pictures, create a dataset first.';

/** A dataset that was exported, here or elsewhere, becomes a new dataset. */
export function BundlePage() {
  const [bundle, setBundle] = useState<Collection['bundle']>(null);
  const [refused, setRefused] = useState(false);
  const look = async (collecting: Promise<Collection>) => {
    const { bundle: found } = await collecting;
    setBundle(found);
    setRefused(!found);
  };
  const looking = { onFound: () => undefined, signal: new AbortController().signal };
  return (
    <>
      <PageHeader title="Import a bundle">
        A bundle is what Export makes: the original pictures with labels, splits, metadata and
        embeddings, and a checksum of each. It becomes a dataset of its own.
      </PageHeader>
      <div className="flex flex-col gap-4">
        {refused && <ProblemNote code="BUNDLE_INVALID" message={NO_BUNDLE} />}
        {bundle ? (
          <BundleCard {...bundle} onCancel={() => setBundle(null)} />
        ) : (
          <DropZone
            only="bundle"
            onFiles={(files) => void look(collectFiles(files, [], looking))}
            onDropped={(dropped) => void look(collectDropped(dropped, looking))}
          />
        )}
      </div>
    </>
  );
}
