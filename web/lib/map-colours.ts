import { NO_LABEL, OTHER_LABEL } from './map-points';

/** Red, green and blue, 0 to 255 each. */
export type Colour = readonly [number, number, number];

/** Told apart on light and on dark ground (Tableau 10, its grey left out); further ones are spread hues. */
const FIRST: readonly Colour[] = [
  [78, 121, 167],
  [242, 142, 43],
  [225, 87, 89],
  [118, 183, 178],
  [89, 161, 79],
  [215, 180, 60],
  [176, 122, 161],
  [255, 140, 155],
  [156, 117, 95],
];
const GREY: Colour = [140, 140, 140];
/** The golden angle: hues that follow each other lie far apart. */
const GOLDEN_DEGREES = 137.508;

/** The colour of a label; without one, or with one of the rare ones, grey. */
export function labelColour(label: number): Colour {
  if (label === NO_LABEL || label === OTHER_LABEL) return GREY;
  const place = label - 1;
  return FIRST[place] ?? hueColour((place * GOLDEN_DEGREES) % 360, place % 2 === 0 ? 0.45 : 0.62);
}

export function cssColour([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** HSL with a saturation of 0.6. */
function hueColour(degrees: number, lightness: number): Colour {
  const chroma = 0.6 * Math.min(lightness, 1 - lightness);
  const channel = (shift: number) => {
    const turn = (shift + degrees / 30) % 12;
    const value = lightness - chroma * Math.max(-1, Math.min(turn - 3, 9 - turn, 1));
    return Math.round(value * 255);
  };
  return [channel(0), channel(8), channel(4)];
}
