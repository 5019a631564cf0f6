'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { searchAddress, type SearchState } from '../../lib/search-state';
import { keepUpload, pictureAmong } from '../../lib/uploads';
import { pushAddress } from '../../lib/url-state';
import { Button } from '../elements/button';

/** A picture of one's own: choose a file, drop it anywhere on the page, or paste it. */
export function OwnPicture({ state }: { state: SearchState }) {
  const input = useRef<HTMLInputElement>(null);
  const [dragging, setDragging] = useState(false);
  // Where a file was refused: the note goes with the next search.
  const [refusedAt, setRefusedAt] = useState<string | null>(null);

  const searchFrom = (files: FileList | null): void => {
    if (!files || files.length === 0) return;
    const file = pictureAmong(files);
    setRefusedAt(file ? null : searchAddress(state));
    if (file) pushAddress(searchAddress({ ...state, imageId: null, uploadKey: keepUpload(file) }));
  };
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const files = event.clipboardData?.files;
    // Text is for the field it is pasted into.
    if (!files || files.length === 0) return;
    event.preventDefault();
    searchFrom(files);
  });
  const onDrag = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    setDragging(event.type === 'dragover');
    if (event.type === 'drop') searchFrom(event.dataTransfer.files);
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => onPaste(event);
    const drag = (event: DragEvent) => onDrag(event);
    document.addEventListener('paste', paste);
    const names = ['dragover', 'dragleave', 'drop'] as const;
    for (const name of names) document.addEventListener(name, drag);
    return () => {
      document.removeEventListener('paste', paste);
      for (const name of names) document.removeEventListener(name, drag);
    };
  }, []);

  return (
    <>
      <Button
        onClick={() => input.current?.click()}
        title="JPEG, PNG or WebP; or drop or paste one"
      >
        Choose a picture …
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        aria-label="Picture file"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          searchFrom(event.target.files);
          event.target.value = '';
        }}
      />
      {refusedAt === searchAddress(state) && (
        <p role="alert" className="field-problem">
          That is not a picture. Use a JPEG, PNG or WebP file.
        </p>
      )}
      {dragging && (
        <div className="pointer-events-none fixed inset-3 z-30 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/90 text-lg font-semibold text-accent">
          Drop the picture to search from it
        </div>
      )}
    </>
  );
}
