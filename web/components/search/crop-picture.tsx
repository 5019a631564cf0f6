'use client';

import { useId, useState, type SyntheticEvent } from 'react';
import { cropWords, type Crop } from '../../lib/crop-area';
import { useCropKeys, useCropPointer } from '../../lib/use-crop';
import { CropFrame } from './crop-frame';

const TALLEST_REM = 22;
/** Up to this many pixels, a picture is shown pixel by pixel. */
const TINY = 64;

/** A picture on which a rectangle can be drawn, with the pointer or with the keyboard. */
export function CropPicture({
  url,
  alt,
  crop,
  onDraw,
  onDone,
  onStep,
}: {
  url: string;
  alt: string;
  crop: Crop | null;
  /** While it is drawn. */
  onDraw: (crop: Crop | null) => void;
  /** When it is drawn, or taken away. */
  onDone: (crop: Crop | null) => void;
  /** After every key that moves it or changes its size. */
  onStep: (crop: Crop) => void;
}) {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [broken, setBroken] = useState(false);
  const hint = useId();
  const pointer = useCropPointer({ crop, onDraw, onDone });
  const onKeyDown = useCropKeys({ crop, onStep, onDone });
  const onLoad = ({ currentTarget }: SyntheticEvent<HTMLImageElement>) =>
    setSize({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight });

  if (broken) {
    return (
      <div className="grid aspect-square w-full place-items-center rounded-md bg-sunken p-4 text-center text-sm text-muted">
        <span className="sr-only">{alt}. </span>
        Your browser cannot show this file. If it is a picture that the server can read, it is
        searched from as a whole.
      </div>
    );
  }
  const ratio = size ? size.width / Math.max(1, size.height) : 1;
  const pixelated = size !== null && Math.max(size.width, size.height) <= TINY;
  return (
    <div className="flex flex-col gap-1.5">
      <div
        {...(size ? pointer : {})}
        role="application"
        aria-roledescription="picture to crop"
        aria-label={crop ? `${alt}. Only a part of it counts: ${cropWords(crop)}` : alt}
        aria-describedby={hint}
        tabIndex={0}
        onKeyDown={size ? onKeyDown : undefined}
        style={{ aspectRatio: ratio, width: `min(100%, ${TALLEST_REM * ratio}rem)` }}
        className="relative mx-auto cursor-crosshair touch-none overflow-hidden rounded-md bg-sunken select-none"
      >
        <img
          src={url}
          alt=""
          draggable={false}
          decoding="async"
          onLoad={onLoad}
          onError={() => setBroken(true)}
          className={`block size-full ${pixelated ? '[image-rendering:pixelated]' : ''}`}
        />
        {crop && <CropFrame crop={crop} />}
      </div>
      <p id={hint} className="text-xs text-muted">
        Drag on the picture to search from a part of it
        <span className="sr-only">
          . Or press Enter to make a crop; arrow keys move it, with Shift they change its size;
          Escape takes it away
        </span>
        .
      </p>
      <p role="status" className="sr-only">
        {crop ? `Crop: ${cropWords(crop)}` : ''}
      </p>
    </div>
  );
}
