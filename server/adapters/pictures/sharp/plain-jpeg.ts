import { inverseDct } from './inverse-dct.js';
import { huffmanTable, JpegScan, type HuffmanTable } from './jpeg-scan.js';
import type { Shape } from './plain-png.js';

/** Larger ones cost libvips no more than their pixels are worth. */
const MAX_PIXELS = 64 * 1024;
const [APP0, COMMENT, TABLES, FRAME, HUFFMAN, SCAN] = [0xe0, 0xfe, 0xdb, 0xc0, 0xc4, 0xda];
const JFIF = 'JFIF\0';

interface Component {
  readonly id: number;
  /** Blocks of it in a unit of the scan, across and down. */
  readonly across: number;
  readonly down: number;
  readonly table: number;
}

interface Header {
  readonly components: readonly Component[];
  readonly steps: ReadonlyMap<number, Uint8Array>;
  readonly huffman: ReadonlyMap<number, HuffmanTable>;
  readonly scan: Uint8Array;
}

/**
 * The pixels of a JPEG file that is just gray and of the size wanted: baseline, of one piece, with no
 * more than a JFIF header and comments beside it, and with colours, if it has channels for them, that
 * say nothing. They are what libvips would give, in a tenth of the time: it sets up a pipeline of two
 * milliseconds for whatever picture.
 * @returns [height, width, channels]; null for any other or damaged file, for libvips to judge
 */
export function plainJpegPixels(file: Uint8Array, shape: Shape): Uint8Array | null {
  if (shape.width * shape.height > MAX_PIXELS) return null;
  const header = headerOf(file, shape);
  return header && grayPixels(header, shape);
}

/** What comes before the scan; null unless all of it is as it should be. */
function headerOf(file: Uint8Array, shape: Shape): Header | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const last = file.byteLength - 2;
  if (last < 4 || view.getUint16(0) !== 0xffd8 || view.getUint16(last) !== 0xffd9) return null;
  const steps = new Map<number, Uint8Array>();
  const huffman = new Map<number, HuffmanTable>();
  let components: Component[] | null = null;
  for (let position = 2, count = 0; position + 4 <= last; count += 1) {
    const marker = view.getUint16(position) - 0xff00;
    const end = position + 2 + view.getUint16(position + 2);
    const content = file.subarray(position + 4, end);
    if (end < position + 4 || end > last) return null;
    if (marker === APP0) {
      if (count > 0 || latin(content, JFIF.length) !== JFIF) return null;
    } else if (marker === TABLES) {
      if (!readSteps(content, steps)) return null;
    } else if (marker === HUFFMAN) {
      if (!readHuffman(content, huffman)) return null;
    } else if (marker === FRAME) {
      if (components) return null;
      components = componentsOf(content, shape);
      if (!components) return null;
    } else if (marker === SCAN) {
      if (!components || !isOfAll(content, components)) return null;
      const tables = tablesOf(content, components, huffman);
      return tables && { components, steps, huffman: tables, scan: file.subarray(end, last) };
    } else if (marker !== COMMENT) return null;
    position = end;
  }
  return null;
}

function latin(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}

/** Reads quantisation tables of 8 bits. */
function readSteps(content: Uint8Array, steps: Map<number, Uint8Array>): boolean {
  if (content.length % 65 !== 0) return false;
  for (let start = 0; start < content.length; start += 65) {
    steps.set(content[start] ?? 0, content.subarray(start + 1, start + 65));
  }
  return true;
}

/** Reads Huffman tables; by their class and number. */
function readHuffman(content: Uint8Array, tables: Map<number, HuffmanTable>): boolean {
  for (let start = 0; start < content.length;) {
    const counts = content.subarray(start + 1, start + 17);
    const end = start + 17 + counts.reduce((sum, count) => sum + count, 0);
    if (end > content.length) return false;
    tables.set(content[start] ?? 0, huffmanTable(counts, content.subarray(start + 17, end)));
    start = end;
  }
  return true;
}

/** Those of a gray picture, or of brightness and two colours at full or half its size; else null. */
function componentsOf(content: Uint8Array, { width, height }: Shape): Component[] | null {
  const [bits, h1, h0, w1, w0, count = 0, ...rest] = content;
  if (bits !== 8 || ((h1 ?? 0) << 8) + (h0 ?? 0) !== height) return null;
  if (((w1 ?? 0) << 8) + (w0 ?? 0) !== width || rest.length !== 3 * count) return null;
  if (count !== 1 && count !== 3) return null;
  const components = Array.from({ length: count }, (_, place): Component => {
    const [id = 0, sampling = 0, table = 0] = rest.slice(3 * place);
    return { id, across: sampling >> 4, down: sampling & 15, table };
  });
  // By these names libjpeg tells brightness and colours from red, green and blue.
  if (count === 3 && !components.every(({ id }, place) => id === place + 1)) return null;
  const [brightness, ...colours] = components;
  const isFull = ({ across, down }: Component) => across === 1 && down === 1;
  if (!brightness || !colours.every(isFull)) return null;
  const isHalf = ({ across, down }: Component) => across === 2 && down <= 2 && down >= 1;
  return isFull(brightness) || (count === 3 && isHalf(brightness)) ? components : null;
}

/** Whether a scan is of all components, in their order, and of all their coefficients. */
function isOfAll(content: Uint8Array, components: readonly Component[]): boolean {
  const count = components.length;
  return (
    content.length === 4 + 2 * count &&
    content[0] === count &&
    components.every(({ id }, place) => content[1 + 2 * place] === id) &&
    [0, 63, 0].every((byte, place) => content[1 + 2 * count + place] === byte)
  );
}

/** The tables of each component, the one for first coefficients at 2 x its place; null if one is missing. */
function tablesOf(
  content: Uint8Array,
  components: readonly Component[],
  huffman: ReadonlyMap<number, HuffmanTable>,
): Map<number, HuffmanTable> | null {
  const tables = new Map<number, HuffmanTable>();
  for (const place of components.keys()) {
    const numbers = content[2 + 2 * place] ?? 0;
    const dc = huffman.get(numbers >> 4);
    const ac = huffman.get(0x10 | (numbers & 15));
    if (!dc || !ac) return null;
    tables.set(2 * place, dc).set(2 * place + 1, ac);
  }
  return tables;
}

/** Decodes the scan. Colours that are all 0 leave each pixel as bright as its brightness says. */
function grayPixels(header: Header, { width, height, channels }: Shape): Uint8Array | null {
  const { components, steps, huffman } = header;
  const [brightness] = components;
  if (!brightness) return null;
  const scan = new JpegScan(header.scan);
  const [block, samples] = [new Int32Array(64), new Uint8Array(64)];
  const firsts = new Int32Array(3);
  const pixels = new Uint8Array(width * height * channels);
  const put = (left: number, top: number) => {
    for (let row = 0; row < Math.min(8, height - top); row += 1) {
      for (let column = 0; column < Math.min(8, width - left); column += 1) {
        const start = ((top + row) * width + left + column) * channels;
        pixels.fill(samples[row * 8 + column] ?? 0, start, start + channels);
      }
    }
  };
  for (let top = 0; top < height; top += 8 * brightness.down) {
    for (let left = 0; left < width; left += 8 * brightness.across) {
      for (const [place, { across, down, table }] of components.entries()) {
        const [dc, ac] = [huffman.get(2 * place), huffman.get(2 * place + 1)];
        const ofTable = steps.get(table);
        if (!dc || !ac || !ofTable) return null;
        for (let part = 0; part < across * down; part += 1) {
          firsts[place] = scan.read(dc, ac, firsts[place] ?? 0, ofTable, block);
          if (place > 0) {
            if (block.some((coefficient) => coefficient !== 0)) return null;
            continue;
          }
          if (!inverseDct(block, samples)) return null;
          put(left + 8 * (part % across), top + 8 * Math.floor(part / across));
        }
      }
    }
  }
  return scan.isWhole ? pixels : null;
}
