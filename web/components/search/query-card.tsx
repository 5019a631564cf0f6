'use client';

import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { cropText, cropWords, type Crop } from '../../lib/crop-area';
import { searchAddress, type SearchState } from '../../lib/search-state';
import { pushAddress, replaceAddress } from '../../lib/url-state';
import { Button } from '../elements/button';
import { CropPicture } from './crop-picture';

const SETTLE_MS = 350;

/** The query, large, beside its neighbours; a part of it can be drawn, which is then the query. */
export function QueryCard({
  url,
  alt,
  title,
  state,
  children,
}: {
  url: string;
  alt: string;
  title: string;
  state: SearchState;
  children: ReactNode;
}) {
  // While it is drawn; the address has it once it is settled.
  const [draft, setDraft] = useState<{ readonly crop: Crop | null } | null>(null);
  const crop = draft ? draft.crop : state.crop;

  const take = useEffectEvent((taken: Crop | null, isStep: boolean) => {
    setDraft(null);
    if (textOf(taken) === textOf(state.crop)) return;
    const address = searchAddress({ ...state, crop: taken });
    // A step of a keyboard move is no place to come back to.
    if (isStep && state.crop) replaceAddress(address);
    else pushAddress(address);
  });
  const [step, setStep] = useState<Crop | null>(null);
  useEffect(() => {
    if (!step) return;
    const timer = setTimeout(() => {
      setStep(null);
      take(step, true);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [step]);
  const settle = (taken: Crop | null) => {
    setStep(null);
    setDraft(null);
    if (textOf(taken) !== textOf(state.crop)) pushAddress(searchAddress({ ...state, crop: taken }));
  };

  return (
    <section
      aria-label="Query"
      data-testid="query-image"
      className="card flex flex-col gap-4 md:sticky md:top-5"
    >
      <CropPicture
        url={url}
        alt={alt}
        crop={crop}
        onDraw={(drawn) => setDraft({ crop: drawn })}
        onDone={settle}
        onStep={(moved) => {
          setDraft({ crop: moved });
          setStep(moved);
        }}
      />
      <div className="flex min-w-0 flex-col gap-1.5 text-sm">
        <p className="text-xs font-medium text-muted">Query</p>
        <h2 className="text-base leading-tight font-semibold break-words">{title}</h2>
        {crop && (
          <p className="flex flex-wrap items-center justify-between gap-2">
            <span>Only {cropWords(crop)}</span>
            <Button onClick={() => settle(null)}>Whole picture</Button>
          </p>
        )}
        {children}
      </div>
    </section>
  );
}

function textOf(crop: Crop | null): string {
  return crop ? cropText(crop) : '';
}
