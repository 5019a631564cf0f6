/** A Huffman table (ITU-T T.81, annex C and F.2.2.3). */
export interface HuffmanTable {
  /** Of each length from 1 to 16: the first code, and the place of its value less that code. */
  readonly firstOfLength: Int32Array;
  readonly placeLessCode: Int32Array;
  /** Of each length: the code after its last. */
  readonly endOfLength: Int32Array;
  readonly values: Uint8Array;
}

/** @param counts how many codes there are of each length from 1 to 16 */
export function huffmanTable(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  const firstOfLength = new Int32Array(17);
  const placeLessCode = new Int32Array(17);
  const endOfLength = new Int32Array(17);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= 16; length += 1) {
    const count = counts[length - 1] ?? 0;
    firstOfLength[length] = code;
    placeLessCode[length] = place - code;
    endOfLength[length] = code + count;
    code = (code + count) << 1;
    place += count;
  }
  return { firstOfLength, placeLessCode, endOfLength, values };
}

/** The order in which the coefficients of a block come. */
const ZIGZAG = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48],
  ...[41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15],
  ...[23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
);

/** The bits of a scan, read from its first. What it is asked for beyond its end is a fault. */
export class JpegScan {
  private bits = 0;
  private count = 0;
  private position = 0;
  private isFaulty = false;

  /** @param bytes between the header of the scan and the end of the picture */
  constructor(private readonly bytes: Uint8Array) {}

  /** Whether all was as it should be, and nothing is left. */
  get isWhole(): boolean {
    return !this.isFaulty && this.position === this.bytes.length && this.count < 8;
  }

  /**
   * Reads the coefficients of a block of a baseline picture (ITU-T T.81, F.2.2).
   * @param before the first coefficient of the component's last block, not dequantised
   * @param steps the quantisation table, in the order of the file
   * @param block 64 coefficients, dequantised, row by row; written
   * @returns the first coefficient, not dequantised
   */
  read(
    dc: HuffmanTable,
    ac: HuffmanTable,
    before: number,
    steps: Uint8Array,
    block: Int32Array,
  ): number {
    block.fill(0);
    const first = before + this.signed(this.symbol(dc));
    block[0] = first * (steps[0] ?? 0);
    for (let place = 1; place < 64 && !this.isFaulty; place += 1) {
      const symbol = this.symbol(ac);
      const size = symbol & 15;
      if (symbol === 0) break;
      place += symbol >> 4;
      // Sixteen zeros have no size; nothing else is without.
      if (size === 0 && symbol !== 0xf0) this.isFaulty = true;
      if (place > 63) this.isFaulty = true;
      else if (size > 0) block[ZIGZAG[place] ?? 0] = this.signed(size) * (steps[place] ?? 0);
    }
    return first;
  }

  private symbol({ firstOfLength, endOfLength, placeLessCode, values }: HuffmanTable): number {
    let code = 0;
    for (let length = 1; length <= 16; length += 1) {
      code = (code << 1) | this.take(1);
      if (code < (endOfLength[length] ?? 0) && code >= (firstOfLength[length] ?? 0)) {
        return values[code + (placeLessCode[length] ?? 0)] ?? 0;
      }
    }
    this.isFaulty = true;
    return 0;
  }

  /** A number of so many bits: those that begin with 0 are negative. */
  private signed(size: number): number {
    if (size === 0) return 0;
    if (size > 11) this.isFaulty = true;
    const value = this.take(Math.min(size, 11));
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }

  private take(count: number): number {
    while (this.count < count) {
      const byte = this.bytes[this.position];
      // After 0xff comes a 0 that means nothing; anything else there is a marker.
      const isMarker = byte === 0xff && this.bytes[this.position + 1] !== 0;
      if (byte === undefined || isMarker) {
        this.isFaulty = true;
        return 0;
      }
      this.position += byte === 0xff ? 2 : 1;
      this.bits = ((this.bits & 0xffff) << 8) | byte;
      this.count += 8;
    }
    this.count -= count;
    return (this.bits >> this.count) & ((1 << count) - 1);
  }
}
