'use client';

import { useEffect, useRef, useState } from 'react';
import { inputOf, type InputChoice } from '../../lib/input-choice';
import { makeGray, placementOf, stretchContrast } from '../../lib/picture-preparation';
import type { SampleImage } from './launch-documents';

/** What the network would see of some pictures; close to what the server makes of them. */
export function InputPreview({
  choice,
  sample,
}: {
  choice: InputChoice;
  sample: readonly SampleImage[];
}) {
  return (
    <figure className="mt-5">
      <figcaption className="mb-2 text-sm text-muted">
        Some of your pictures, about as the network would see them
      </figcaption>
      <ul className="grid grid-cols-4 gap-2 sm:grid-cols-8">
        {sample.map((image) => (
          <li key={image.id} className="min-w-0">
            <Prepared choice={choice} image={image} />
          </li>
        ))}
      </ul>
    </figure>
  );
}

function Prepared({ choice, image }: { choice: InputChoice; image: SampleImage }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [picture, setPicture] = useState<HTMLImageElement | null>(null);
  const { width, height } = inputOf(choice);
  useEffect(() => {
    const loading = new Image();
    loading.onload = () => setPicture(loading);
    loading.src = image.thumbnailUrl;
    return () => {
      loading.onload = null;
    };
  }, [image.thumbnailUrl]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (context && picture) draw(context, picture, choice);
  }, [picture, choice]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={`Image ${image.id}${image.label ? `, ${image.label}` : ''}, as the network would see it`}
      width={width}
      height={height}
      className="block h-auto w-full rounded-md border border-line bg-sunken [image-rendering:pixelated]"
    />
  );
}

function draw(
  context: CanvasRenderingContext2D,
  picture: HTMLImageElement,
  choice: InputChoice,
): void {
  const input = inputOf(choice);
  const size = { width: picture.naturalWidth, height: picture.naturalHeight };
  const { from, to } = placementOf(size, input, choice.fit);
  context.fillStyle = choice.background;
  context.fillRect(0, 0, input.width, input.height);
  context.imageSmoothingQuality = 'high';
  const source = [from.x, from.y, from.width, from.height] as const;
  context.drawImage(picture, ...source, to.x, to.y, to.width, to.height);
  // The bars keep their colour: only the picture is stretched.
  if (choice.channels === 1) change(context, { x: 0, y: 0, ...input }, makeGray);
  if (choice.scaling === 'CONTRAST') change(context, to, stretchContrast);
}

function change(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  work: (pixels: Uint8ClampedArray) => void,
): void {
  const image = context.getImageData(x, y, width, height);
  work(image.data);
  context.putImageData(image, x, y);
}
