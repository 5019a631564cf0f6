/** How a series of a chart is drawn: told apart by its sign and its stroke, not by colour alone. */
interface SeriesLook {
  readonly sign: string;
  readonly text: string;
  readonly stroke: string;
  readonly fill: string;
  readonly dash: string | undefined;
}

const ACCENT = { text: 'text-accent', stroke: 'stroke-accent', fill: 'fill-accent' };
const INK = { text: 'text-ink', stroke: 'stroke-ink', fill: 'fill-ink' };

/** Of as many series as can be told apart. */
export const SERIES_LOOKS: readonly SeriesLook[] = [
  { ...ACCENT, sign: '●', dash: undefined },
  { ...INK, sign: '◆', dash: undefined },
  { ...ACCENT, sign: '▲', dash: '7 4' },
  { ...INK, sign: '■', dash: '7 4' },
  { ...ACCENT, sign: '✚', dash: '2 4' },
  { ...INK, sign: '★', dash: '2 4' },
];
