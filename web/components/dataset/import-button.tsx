'use client';

import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../lib/graphql';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { useOverview } from '../shell/overview';

const ImportDocument = graphql(`
  mutation ImportFashionMnist {
    importFashionMnist {
      id
      status
    }
  }
`);

/** Starts the import of Fashion-MNIST, or goes on with one that stopped. */
export function ImportButton({
  look = 'primary',
  children,
}: {
  look?: 'primary' | 'plain';
  children: ReactNode;
}) {
  const [{ fetching, error }, importDataset] = useMutation(ImportDocument);
  const { refresh } = useOverview();
  return (
    <div className="flex flex-col items-center gap-3">
      <Button
        look={look}
        disabled={fetching}
        onClick={() => void importDataset({}).then(() => refresh())}
      >
        {fetching ? 'Starting …' : children}
      </Button>
      {error && <ErrorNote error={error} />}
    </div>
  );
}
