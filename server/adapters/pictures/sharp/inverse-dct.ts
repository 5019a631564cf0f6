/** The constants of the transform, in units of 2^-13 (libjpeg's jidctint.c). */
const [C0298, C0390, C0541, C0765, C0899, C1175] = [2446, 3196, 4433, 6270, 7373, 9633] as const;
const [C1501, C1847, C1961, C2053, C2562, C3072] = [
  12299, 15137, 16069, 16819, 20995, 25172,
] as const;
/** Beyond these, which no real picture reaches, the ways that libjpeg has of doing this part. */
const MAX_COEFFICIENT = 2048;
const MAX_BETWEEN = 16384;
const MAX_SAMPLE = 511;

const between = new Int32Array(64);

/**
 * The samples of a block from its coefficients: the accurate integer transform of libjpeg (Loeffler,
 * Ligtenberg and Moschytz 1989), to the bit.
 * @param coefficients dequantised, 64, row by row
 * @param samples 0 to 255, 64, row by row; written
 * @returns false where the coefficients are larger than those of pictures
 */
export function inverseDct(coefficients: Int32Array, samples: Uint8Array): boolean {
  for (const value of coefficients) if (Math.abs(value) > MAX_COEFFICIENT) return false;
  for (let column = 0; column < 8; column += 1) transform(coefficients, between, column, 8, 11);
  for (const value of between) if (Math.abs(value) > MAX_BETWEEN) return false;
  for (let row = 0; row < 64; row += 8) transform(between, between, row, 1, 18);
  for (let position = 0; position < 64; position += 1) {
    const value = between[position] ?? 0;
    if (Math.abs(value) > MAX_SAMPLE) return false;
    samples[position] = Math.max(0, Math.min(255, value + 128));
  }
  return true;
}

/** Transforms 8 numbers that lie a stride apart, and rounds off as many bits. */
function transform(
  from: Int32Array,
  to: Int32Array,
  start: number,
  stride: number,
  bits: number,
): void {
  const at = (place: number) => from[start + place * stride] ?? 0;
  const [s0, s1, s2, s3] = [at(0), at(1), at(2), at(3)];
  const [s4, s5, s6, s7] = [at(4), at(5), at(6), at(7)];

  const z1 = (s2 + s6) * C0541;
  const even2 = z1 - s6 * C1847;
  const even3 = z1 + s2 * C0765;
  const even0 = (s0 + s4) * 8192;
  const even1 = (s0 - s4) * 8192;

  const z5 = (s7 + s3 + s5 + s1) * C1175;
  const z3 = z5 - (s7 + s3) * C1961;
  const z4 = z5 - (s5 + s1) * C0390;
  const outer = (s7 + s1) * C0899;
  const inner = (s5 + s3) * C2562;
  const odd0 = s7 * C0298 - outer + z3;
  const odd1 = s5 * C2053 - inner + z4;
  const odd2 = s3 * C3072 - inner + z3;
  const odd3 = s1 * C1501 - outer + z4;

  const half = 1 << (bits - 1);
  const put = (place: number, sum: number, difference: number) => {
    to[start + place * stride] = (sum + difference + half) >> bits;
    to[start + (7 - place) * stride] = (sum - difference + half) >> bits;
  };
  put(0, even0 + even3, odd3);
  put(1, even1 + even2, odd2);
  put(2, even1 - even2, odd1);
  put(3, even0 - even3, odd0);
}
