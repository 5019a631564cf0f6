'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { withExample } from '../../lib/examples-tray';
import { fromExample, searchAddress, uploadRef, type SearchState } from '../../lib/search-state';
import { keepUpload, PICTURE_FORMATS, PICTURE_TYPES, picturesAmong } from '../../lib/uploads';
import { pushAddress } from '../../lib/url-state';
import { useHasCamera } from '../../lib/use-has-camera';
import { Button } from '../elements/button';
import { DropZones, type Purpose } from './drop-zones';

/** A picture of one's own: choose a file, take a photo, drop it anywhere on the page, or paste it. */
export function OwnPicture({ state }: { state: SearchState }) {
  const input = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const hasCamera = useHasCamera();
  const [purpose, setPurpose] = useState<Purpose>('QUERY');
  const [dragging, setDragging] = useState(false);
  // Where a file was refused: the note goes with the next search.
  const [refusedAt, setRefusedAt] = useState<string | null>(null);

  const take = (files: FileList | null, what: Purpose): void => {
    if (!files || files.length === 0) return;
    const pictures = picturesAmong(files);
    setRefusedAt(pictures.length > 0 ? null : searchAddress(state));
    const [first] = pictures;
    if (!first) return;
    if (what === 'QUERY') {
      pushAddress(searchAddress(fromExample(state, uploadRef(keepUpload(first)))));
      return;
    }
    const added = pictures.reduce(
      (next, picture) => withExample(next, uploadRef(keepUpload(picture)), what),
      state,
    );
    pushAddress(searchAddress(added));
  };
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const files = event.clipboardData?.files;
    // Text is for the field it is pasted into.
    if (!files || files.length === 0) return;
    event.preventDefault();
    take(files, 'QUERY');
  });
  const onDrag = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (event.type === 'dragover') setDragging(true);
    // Left for another element of the page: it is still here.
    else if (event.type === 'drop' || event.relatedTarget === null) setDragging(false);
    if (event.type === 'drop') take(event.dataTransfer.files, purposeAt(event.target));
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
  const choose = (what: Purpose) => {
    setPurpose(what);
    input.current?.click();
  };

  return (
    <>
      <Button onClick={() => choose('QUERY')} title={`${PICTURE_FORMATS}; or drop or paste one`}>
        Choose a picture …
      </Button>
      {state.query && (
        <Button
          look="quiet"
          onClick={() => choose('LIKE')}
          title="Search with several pictures: more like all of them"
        >
          Add a picture …
        </Button>
      )}
      <input
        ref={input}
        type="file"
        accept={PICTURE_TYPES}
        multiple={purpose !== 'QUERY'}
        aria-label="Picture file"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files, purpose);
          event.target.value = '';
        }}
      />
      {hasCamera && (
        <>
          <Button onClick={() => camera.current?.click()}>Take a photo</Button>
          <input
            ref={camera}
            type="file"
            accept="image/*"
            capture="environment"
            aria-label="Photo"
            tabIndex={-1}
            className="sr-only"
            onChange={(event) => {
              take(event.target.files, 'QUERY');
              event.target.value = '';
            }}
          />
        </>
      )}
      {refusedAt === searchAddress(state) && (
        <p role="alert" className="field-problem">
          That is not a picture. Use a {PICTURE_FORMATS} file.
        </p>
      )}
      {dragging && <DropZones several={state.query !== null} />}
    </>
  );
}

function purposeAt(target: EventTarget | null): Purpose {
  const zone = target instanceof Element ? target.closest('[data-purpose]') : null;
  const purpose = zone?.getAttribute('data-purpose');
  return purpose === 'LIKE' || purpose === 'UNLIKE' ? purpose : 'QUERY';
}
