'use client';

import { formatBytes } from '../../lib/format';
import type { SearchState } from '../../lib/search-state';
import { uploadOf } from '../../lib/uploads';
import { EmptyState } from '../elements/empty-state';
import { SearchResults } from './search-results';

/** The images most like a picture file. */
export function UploadSearch({
  datasetId,
  uploadKey,
  state,
}: {
  datasetId: string;
  uploadKey: string;
  state: SearchState;
}) {
  const upload = uploadOf(uploadKey);
  if (!upload) {
    return (
      <EmptyState title="That picture is no longer here">
        <p>A picture of your own is kept in the tab it was chosen in. Choose it again.</p>
      </EmptyState>
    );
  }
  return (
    <SearchResults
      datasetId={datasetId}
      state={state}
      pictureUrl={upload.url}
      alt="Your picture"
      title={upload.file.name || 'Pasted picture'}
      label={null}
      from="your picture"
      paused={false}
    >
      <p className="text-muted">Your picture · {formatBytes(upload.file.size)}</p>
    </SearchResults>
  );
}
