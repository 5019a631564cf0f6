'use client';

/** Chooses one of some epochs, with the arrow keys too. */
export function EpochSlider({
  label,
  epochs,
  shown,
  onChoose,
}: {
  label: string;
  /** Numbers of epochs, ascending. */
  epochs: readonly number[];
  shown: number;
  /** Null follows the newest epoch. */
  onChoose: (epoch: number | null) => void;
}) {
  const last = epochs.length - 1;
  const place = epochs.indexOf(shown);
  return (
    <label className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span className="w-22">Epoch {shown}</span>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={`Epoch ${shown}`}
        min={0}
        max={Math.max(0, last)}
        value={place < 0 ? last : place}
        disabled={epochs.length < 2}
        onChange={({ target }) => {
          const to = Number(target.value);
          onChoose(to === last ? null : (epochs[to] ?? null));
        }}
        className="h-9 min-w-40 flex-1 accent-accent"
      />
    </label>
  );
}
