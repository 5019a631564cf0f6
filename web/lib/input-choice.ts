import type { Fit, InputFieldsFragment, Scaling } from '../gql/graphql';

/** What a network is to be fed, while it is typed. */

/** What a network is fed, as the API tells it. */
export type InputSpec = InputFieldsFragment;

/** Sides that the networks take, in pixels. */
export const SIDE_MIN = 28;
export const SIDE_MAX = 160;

export interface InputChoice {
  readonly width: string;
  readonly height: string;
  readonly channels: 1 | 3;
  readonly fit: Fit;
  readonly background: string;
  readonly scaling: Scaling;
}

export const FIT_WORDS: Record<Fit, string> = {
  CONTAIN: 'whole, with bars',
  COVER: 'cut at the middle to fill it',
};
export const SCALING_WORDS: Record<Scaling, string> = {
  UNIT: 'as they are',
  CONTRAST: 'stretched to the full contrast of each picture',
};

export function choiceOf(input: InputSpec): InputChoice {
  return {
    width: String(input.width),
    height: String(input.height),
    channels: input.channels === 1 ? 1 : 3,
    fit: input.fit,
    background: input.background,
    scaling: input.scaling,
  };
}

/** What is wrong with what was typed, by the same ranges as the server's. */
export function inputProblemsOf(choice: InputChoice): Partial<Record<keyof InputChoice, string>> {
  const side = (name: string, text: string) => {
    const pixels = Number(text);
    const inRange = Number.isInteger(pixels) && pixels >= SIDE_MIN && pixels <= SIDE_MAX;
    return text.trim() !== '' && inRange
      ? null
      : `${name} must be a whole number from ${SIDE_MIN} to ${SIDE_MAX}.`;
  };
  const width = side('Width', choice.width);
  const height = side('Height', choice.height);
  const isColour = /^#[0-9a-f]{6}$/i.test(choice.background);
  return {
    ...(width && { width }),
    ...(height && { height }),
    ...(!isColour && { background: 'Background must be a colour like #1a2b3c.' }),
  };
}

/** As the API takes it; for a choice without problems. */
export function inputOf(choice: InputChoice): InputSpec {
  return { ...choice, width: Number(choice.width), height: Number(choice.height) };
}

/** `64 × 64, colour` */
export function inputWords({ width, height, channels }: InputSpec): string {
  return `${width} × ${height}, ${channels === 1 ? 'grayscale' : 'colour'}`;
}
