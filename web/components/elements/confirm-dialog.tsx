'use client';

import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { Button } from './button';

/** Asks before something is lost. Escape and "Keep" leave everything as it is. */
export function ConfirmDialog({
  title,
  children,
  action,
  busy,
  ready = true,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  action: string;
  busy: boolean;
  /** Whether what has to be typed or chosen first has been. */
  ready?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it is still in the page, so that the browser gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-line bg-card p-5 text-ink backdrop:bg-black/50"
    >
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      <div className="mt-2 flex flex-col gap-3 text-sm">{children}</div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          Keep
        </Button>
        <Button look="danger" disabled={busy || !ready} onClick={onConfirm}>
          {busy ? 'Working …' : action}
        </Button>
      </div>
    </dialog>
  );
}
