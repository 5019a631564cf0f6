'use client';

import { EmptyState } from '../elements/empty-state';
import { ImportButton } from '../dataset/import-button';

/** The heading is the page's own where the page has no title but its dataset's. */
export function EmptyServer({ heading }: { heading: 'h1' | 'h2' }) {
  return (
    <EmptyState heading={heading} title="There are no pictures yet">
      <p>
        Fashion-MNIST comes with Lookalike: 70,000 labelled pictures of clothes, enough to train a
        model in minutes and to see the search work.
      </p>
      <ImportButton>Import Fashion-MNIST</ImportButton>
    </EmptyState>
  );
}
