'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { droppedEntries, type DroppedEntries } from '../../lib/folder-drop';
import { Button } from '../elements/button';

/** Where pictures come in: choose files or a folder, or drop anything anywhere on the page. */
export function DropZone({
  only,
  onFiles,
  onDropped,
}: {
  /** Takes bundles and says nothing of pictures. */
  only?: 'bundle';
  onFiles: (files: readonly File[]) => void;
  onDropped: (dropped: DroppedEntries) => void;
}) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const dragging = useFileDrop(onDropped);
  const take = (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])];
    // Emptied, so that the same choice can be made again.
    input.value = '';
    if (chosen.length > 0) onFiles(chosen);
  };
  return (
    <section
      aria-label="Choose pictures"
      className={`flex min-h-80 flex-col items-center justify-center gap-4 rounded-xl border-2 border-dashed p-6 text-center ${
        dragging ? 'border-accent bg-accent-soft' : 'border-line-strong bg-card'
      }`}
    >
      <p className="text-lg font-semibold">
        {dragging
          ? 'Drop to look through it'
          : `Drop ${only ? 'a bundle' : 'pictures, a folder or a zip'} here`}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {!only && (
          <Button look="primary" onClick={() => folder.current?.click()}>
            Choose a folder …
          </Button>
        )}
        <Button look={only ? 'primary' : 'plain'} onClick={() => files.current?.click()}>
          {only ? 'Choose a bundle …' : 'Choose files or a zip …'}
        </Button>
      </div>
      {!only && <WhatIsTaken />}
      <input
        ref={files}
        type="file"
        multiple={!only}
        accept={only ? '.zip' : 'image/*,.zip,.csv,.tsv,.jsonl,.ndjson'}
        aria-label={only ? 'Bundle file' : 'Picture files'}
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => take(target)}
      />
      <input
        ref={(input) => {
          folder.current = input;
          // React knows no such attribute.
          input?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        multiple
        aria-label="Folder of pictures"
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => take(target)}
      />
    </section>
  );
}

function WhatIsTaken() {
  return (
    <div className="flex max-w-xl flex-col gap-2 text-sm text-muted">
      <p>
        JPEG, PNG, WebP, AVIF, GIF and TIFF, up to 100 MB and 100 megapixels each. The first folder
        below the chosen one can be the label, and a <code>labels.csv</code> or{' '}
        <code>labels.jsonl</code> in it is read. You see what will happen before anything is sent.
      </p>
      <p>
        To go on with an import that was broken off, drop the same folder again: what is there
        already is recognised and not added twice.
      </p>
    </div>
  );
}

/** Whether something is held over the page; what is dropped on it is handed on. */
function useFileDrop(onDropped: (dropped: DroppedEntries) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const onDrag = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    setDragging(event.type === 'dragover');
    if (event.type === 'drop') onDropped(droppedEntries(event.dataTransfer));
  });
  useEffect(() => {
    const drag = (event: DragEvent) => onDrag(event);
    const names = ['dragover', 'dragleave', 'drop'] as const;
    for (const name of names) document.addEventListener(name, drag);
    return () => {
      for (const name of names) document.removeEventListener(name, drag);
    };
  }, []);
  return dragging;
}
