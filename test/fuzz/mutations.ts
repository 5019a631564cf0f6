type Random = () => number;

/** Where lengths and offsets are compared, these are what goes wrong. */
const BOUNDARIES = [
  0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
];
const MOST_CHANGES = 6;
const LONGEST_PIECE = 64;

type Change = (bytes: Buffer, other: Buffer, random: Random) => Buffer;

const CHANGES: readonly Change[] = [
  flipBit,
  setByte,
  setNumber,
  cutOff,
  remove,
  repeat,
  swap,
  splice,
];

/**
 * The bytes of a file with a few changes, as the field's mutation fuzzers make them (AFL's havoc stage).
 * @param other another file, pieces of which get into this one
 */
export function mutatedBytes(bytes: Uint8Array, other: Uint8Array, random: Random): Buffer {
  let mutated: Buffer = Buffer.from(bytes);
  const donor = Buffer.from(other);
  const changes = 1 + below(MOST_CHANGES, random);
  for (let change = 0; change < changes; change += 1) {
    mutated = oneOf(CHANGES, random)(mutated, donor, random);
  }
  return mutated;
}

/** The same of a text, by words and signs instead of bytes. */
export function mutatedText(text: string, other: string, random: Random): string {
  const words = wordsOf(text);
  const donor = wordsOf(other);
  const changes = 1 + below(MOST_CHANGES, random);
  for (let change = 0; change < changes; change += 1) {
    const at = below(words.length + 1, random);
    switch (below(6, random)) {
      case 0:
        words.splice(at, 1 + below(3, random));
        break;
      case 1:
        words.splice(at, 0, oneOf(donor, random));
        break;
      case 2:
        words.splice(at, 1, oneOf(donor, random));
        break;
      case 3:
        words.splice(at, 0, oneOf(ODD_WORDS, random));
        break;
      case 4:
        words.splice(at, 0, ...words.slice(at, at + below(20, random)));
        break;
      default:
        words.splice(at, words.length, ...donor.slice(below(donor.length, random)));
    }
  }
  return words.join('');
}

/** A value of JSON with some of what is in it replaced by something else. */
export function mutatedJson(value: unknown, random: Random): unknown {
  if (random() < 0.08) return oddValue(random);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => mutatedJson(item, random));
    return random() < 0.05 ? [...items, ...items] : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(() => random() > 0.03);
  return Object.fromEntries(entries.map(([key, of]) => [key, mutatedJson(of, random)]));
}

/** What nobody expects where something else is. */
export function oddValue(random: Random): unknown {
  return oneOf<unknown>(
    [
      ...[null, true, false, 0, -1, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63],
      ...['', ' ', '\0', '\ud800', '../../../etc/passwd', 'x'.repeat(5000), '__proto__', '1e999'],
      ...[[], {}, [[[[]]]], [null], { toString: 1 }, ['a', 1, null], { __proto__: null, id: {} }],
    ],
    random,
  );
}

/** 0 to `end` - 1. */
export function below(end: number, random: Random): number {
  return Math.floor(random() * end);
}

export function oneOf<T>(from: readonly T[], random: Random): T {
  const at = below(from.length, random);
  if (at in from) return from[at] as T;
  throw new Error('There is nothing to take one of.');
}

const ODD_WORDS = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ':',
    '$',
    '!',
    '@',
    '...',
    '"',
    '"""',
    '|',
    '&',
    '=',
    '#',
    '\\',
  ],
  ...[
    '\0',
    '\u2028',
    '\ufeff',
    '𝕏',
    '\ud800',
    '"\\u{110000}"',
    '"\\ud800"',
    '__schema',
    '__typename',
  ],
  ...['-0', '1e400', '999999999999999999999', '-1', '0.0000001', 'null', 'true', '{a:{a:{a:1}}}'],
  ...[
    'fragment F on Query { ...F }',
    '...F',
    '@skip(if: true)',
    '@include(if: $x)',
    'query',
    'mutation',
  ],
  ...[
    'subscription',
    'first: 2147483647',
    'k: 1000',
    'after: "x"',
    '(id: [1, [2]])',
    ' a: __typename ',
  ],
];

function wordsOf(text: string): string[] {
  const words = text.match(/\s+|\w+|[^\w\s]/g);
  return words === null ? [' '] : [...words];
}

function flipBit(bytes: Buffer, _: Buffer, random: Random): Buffer {
  return written(
    bytes,
    below(bytes.length, random),
    (at) => (bytes[at] ?? 0) ^ (1 << below(8, random)),
  );
}

function setByte(bytes: Buffer, _: Buffer, random: Random): Buffer {
  return written(bytes, below(bytes.length, random), () => below(256, random));
}

function written(bytes: Buffer, at: number, value: (at: number) => number): Buffer {
  if (at < bytes.length) bytes[at] = value(at);
  return bytes;
}

/** A number of two or four bytes, in either order. */
function setNumber(bytes: Buffer, _: Buffer, random: Random): Buffer {
  const width = oneOf([2, 4], random);
  if (bytes.length < width) return bytes;
  const at = below(bytes.length - width + 1, random);
  const value = oneOf(BOUNDARIES, random) % 2 ** (8 * width);
  if (random() < 0.5) bytes.writeUIntBE(value, at, width);
  else bytes.writeUIntLE(value, at, width);
  return bytes;
}

function cutOff(bytes: Buffer, _: Buffer, random: Random): Buffer {
  return bytes.subarray(0, below(bytes.length + 1, random));
}

function remove(bytes: Buffer, _: Buffer, random: Random): Buffer {
  const [start, end] = pieceOf(bytes, random);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

function repeat(bytes: Buffer, _: Buffer, random: Random): Buffer {
  const [start, end] = pieceOf(bytes, random);
  const piece = bytes.subarray(start, end);
  const copies = Array.from({ length: 1 + below(16, random) }, () => piece);
  return Buffer.concat([bytes.subarray(0, end), ...copies, bytes.subarray(end)]);
}

function swap(bytes: Buffer, _: Buffer, random: Random): Buffer {
  const [start, end] = pieceOf(bytes, random);
  const piece = Buffer.from(bytes.subarray(start, end));
  const to = below(bytes.length - piece.length + 1, random);
  bytes.copyWithin(start, to, to + piece.length);
  bytes.set(piece, to);
  return bytes;
}

function splice(bytes: Buffer, other: Buffer, random: Random): Buffer {
  const [start, end] = pieceOf(other, random);
  const at = below(bytes.length + 1, random);
  const rest = random() < 0.5 ? at : Math.min(bytes.length, at + end - start);
  return Buffer.concat([bytes.subarray(0, at), other.subarray(start, end), bytes.subarray(rest)]);
}

function pieceOf(bytes: Buffer, random: Random): [number, number] {
  const start = below(bytes.length + 1, random);
  return [start, Math.min(bytes.length, start + below(LONGEST_PIECE, random))];
}
