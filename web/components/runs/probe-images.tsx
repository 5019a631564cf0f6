'use client';

import { useState } from 'react';
import type { RunEpoch } from '../../lib/run-documents';
import { Button } from '../elements/button';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';
import { EpochSlider } from './epoch-slider';

/** The same test images after every epoch: how the network learns to redraw them. */
export function ProbeImages({ epochs, going }: { epochs: readonly RunEpoch[]; going: boolean }) {
  const drawn = epochs.filter(({ reconstructions }) => reconstructions.length > 0);
  const newest = drawn.at(-1);
  // Null follows the newest epoch.
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = drawn.find(({ epoch }) => epoch === chosen) ?? newest;

  return (
    <Section
      title="Reconstructions"
      hint="Test images, which the network never learns from, above what it makes of them."
      actions={
        going && chosen !== null ? (
          <Button onClick={() => setChosen(null)}>Follow the newest</Button>
        ) : null
      }
    >
      {!shown || !newest ? (
        <p className="text-sm text-muted">
          {going ? 'They appear with the first epoch.' : 'No epoch of this run left any.'}
        </p>
      ) : (
        <>
          <PictureRows shown={shown} />
          <EpochSlider
            label="Epoch of the reconstructions"
            epochs={drawn.map(({ epoch }) => epoch)}
            shown={shown.epoch}
            onChoose={setChosen}
          />
        </>
      )}
    </Section>
  );
}

function PictureRows({ shown }: { shown: RunEpoch }) {
  return (
    <ul
      aria-label={`Test images and their reconstructions after epoch ${shown.epoch}`}
      className="grid grid-cols-5 sm:grid-cols-10 gap-x-1.5 gap-y-3"
    >
      {shown.reconstructions.map(({ imageId, image, url }) => (
        <li key={imageId} className="flex flex-col gap-1">
          <Picture
            url={image.url}
            alt={`Image ${imageId}, ${image.label ?? 'no label'}`}
            size={64}
            eager
            className="aspect-square h-auto w-full"
          />
          <Picture
            url={url}
            alt={`Its reconstruction after epoch ${shown.epoch}`}
            size={64}
            eager
            className="aspect-square h-auto w-full"
          />
        </li>
      ))}
    </ul>
  );
}
