'use client';

import { EmptyState } from '../elements/empty-state';
import { ImportButton } from '../dataset/import-button';

export function EmptyServer() {
  return (
    <EmptyState heading="h1" title="There are no pictures yet">
      <p>
        Fashion-MNIST comes with Lookalike: 70,000 labelled pictures of clothes, enough to train a
        model in minutes and to see the search work.
      </p>
      <ImportButton>Import Fashion-MNIST</ImportButton>
    </EmptyState>
  );
}
