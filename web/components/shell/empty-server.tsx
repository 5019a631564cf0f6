'use client';

import Link from 'next/link';
import { ButtonLink } from '../elements/button';
import { EmptyState } from '../elements/empty-state';
import { ImportButton } from '../dataset/import-button';

/** The heading is the page's own where the page has no title but its dataset's. */
export function EmptyServer({ heading }: { heading: 'h1' | 'h2' }) {
  return (
    <EmptyState heading={heading} title="There are no pictures yet">
      <p>
        Bring your own: a folder, a zip or loose files. A model is trained on them, and they can be
        searched by picture.
      </p>
      <ButtonLink look="primary" href="/datasets/new">
        Create a dataset of your own
      </ButtonLink>
      <p>
        There is a bundle that Lookalike has exported?{' '}
        <Link className="link" href="/datasets/import">
          Import it
        </Link>
        .
      </p>
      <p>
        Or begin with Fashion-MNIST, which comes with Lookalike: 70,000 labelled pictures of
        clothes, enough to train a model in minutes and to see the search work.
      </p>
      <ImportButton look="plain">Import Fashion-MNIST</ImportButton>
    </EmptyState>
  );
}
