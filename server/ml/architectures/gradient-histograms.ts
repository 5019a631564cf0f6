import type { InputSpec } from '../../domain/model.js';
import type { Features } from '../features.js';
import { pictureSize } from '../picture-batch.js';

/** Directions that gradients are sorted into, all around: dark to light is not light to dark. */
const DIRECTIONS = 12;
/** A cell is about so many pixels wide, unless there were more than `MOST_CELLS` on a side. */
const CELL_PIXELS = 4;
const MOST_CELLS = 8;

/**
 * Histograms of oriented gradients (Dalal, Triggs: Histograms of Oriented Gradients for Human Detection,
 * CVPR 2005): in each cell of a grid over the picture, how much it changes in each direction. A
 * pixel's gradient is shared between the two nearest directions and the four nearest cells. Of colour
 * pictures, the channel that changes most counts. The root of each sum is taken, so that the distance
 * of two histograms is Hellinger's (Arandjelovic, Zisserman: Three things everyone should know to
 * improve object retrieval, CVPR 2012).
 */
export function gradientHistograms(input: InputSpec): Features {
  return histogramsOf(input, LINEAR);
}

/**
 * The same of the pixels' roots (as Dalal and Triggs found best: "gamma compression"): what is dark has
 * as much to say as what is bright.
 */
export function rootedHistograms(input: InputSpec): Features {
  return histogramsOf(input, ROOTED);
}

/** What the gradients are taken of, for each byte. */
const LINEAR = Float32Array.from({ length: 256 }, (_, byte) => byte);
const ROOTED = Float32Array.from({ length: 256 }, (_, byte) => 16 * Math.sqrt(byte));

function histogramsOf(input: InputSpec, brightness: Float32Array): Features {
  const { width, height } = input;
  const [rows, columns] = [cellsAlong(height), cellsAlong(width)];
  const { cells: rowCells, shares: rowShares } = sidesAlong(height, rows);
  const { cells: columnCells, shares: columnShares } = sidesAlong(width, columns);
  const length = rows * columns * DIRECTIONS;
  return {
    length,
    layers: [
      {
        name: 'gradients',
        part: 'ENCODER',
        kind: 'Histograms of gradients',
        outputShape: [rows, columns, DIRECTIONS],
        parameterCount: 0,
      },
    ],
    stored: [],
    extract: ({ count, pixels }) => {
      const histograms = new Float32Array(count * length);
      const size = pictureSize(input);
      let own = histograms;
      const share = (row: number, column: number, right: number, down: number) => {
        const strength = Math.sqrt(right * right + down * down);
        const turn = (Math.atan2(down, right) / (2 * Math.PI) + 1) * DIRECTIONS;
        const direction = Math.floor(turn);
        const nextShare = turn - direction;
        const [here, next] = [direction % DIRECTIONS, (direction + 1) % DIRECTIONS];
        for (let corner = 0; corner < 4; corner += 1) {
          const [rowSide, columnSide] = [2 * row + (corner >> 1), 2 * column + (corner & 1)];
          const amount = strength * at(rowShares, rowSide) * at(columnShares, columnSide);
          // A cell beyond the border has no share, and none is looked up.
          if (amount === 0) continue;
          const cell = (at(rowCells, rowSide) * columns + at(columnCells, columnSide)) * DIRECTIONS;
          add(own, cell + here, amount * (1 - nextShare));
          add(own, cell + next, amount * nextShare);
        }
      };
      for (let picture = 0; picture < count; picture += 1) {
        own = histograms.subarray(picture * length, (picture + 1) * length);
        const picked = pixels.subarray(picture * size, (picture + 1) * size);
        eachGradient(
          Float32Array.from(picked, (byte) => at(brightness, byte)),
          input,
          share,
        );
      }
      return histograms.map(Math.sqrt);
    },
  };
}

function cellsAlong(side: number): number {
  return Math.min(MOST_CELLS, Math.round(side / CELL_PIXELS));
}

interface Sides {
  /** Of each pixel, the two cells whose centres it lies between. */
  readonly cells: Int32Array;
  /** Its share in each: 0 in one beyond the border. */
  readonly shares: Float32Array;
}

/** For each pixel along a side, two of each. */
function sidesAlong(side: number, cells: number): Sides {
  const placed = Array.from({ length: side }, (_, pixel) => ((pixel + 0.5) * cells) / side - 0.5);
  const neighbours = placed.flatMap((place) => [Math.floor(place), Math.floor(place) + 1]);
  return {
    cells: Int32Array.from(neighbours),
    shares: Float32Array.from(neighbours, (cell, at) =>
      cell < 0 || cell >= cells ? 0 : 1 - Math.abs((placed[at >> 1] ?? 0) - cell),
    ),
  };
}

/** Central differences, doubled; beyond the border lies what is at the border. */
function eachGradient(
  pixels: Float32Array,
  { width, height, channels }: InputSpec,
  visit: (row: number, column: number, right: number, down: number) => void,
): void {
  for (let row = 0; row < height; row += 1) {
    const [above, below] = [Math.max(0, row - 1) * width, Math.min(height - 1, row + 1) * width];
    for (let column = 0; column < width; column += 1) {
      const before = row * width + Math.max(0, column - 1);
      const after = row * width + Math.min(width - 1, column + 1);
      let right = 0;
      let down = 0;
      for (let channel = 0; channel < channels; channel += 1) {
        const pixel = (place: number) => at(pixels, place * channels + channel);
        const x = pixel(after) - pixel(before);
        const y = pixel(below + column) - pixel(above + column);
        if (x * x + y * y <= right * right + down * down) continue;
        right = x;
        down = y;
      }
      if (right !== 0 || down !== 0) visit(row, column, right, down);
    }
  }
}

function at(numbers: Float32Array | Int32Array | Uint8Array, position: number): number {
  return numbers[position] ?? 0;
}

function add(numbers: Float32Array, position: number, amount: number): void {
  numbers[position] = (numbers[position] ?? 0) + amount;
}
