/** How a vector is stored: its 32-bit floats, little-endian. */
export function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** libsql gives an ArrayBuffer, other drivers a Buffer that may lie unaligned: both are copied. */
export function vectorOf(stored: Uint8Array | ArrayBuffer): Float32Array {
  return new Float32Array(new Uint8Array(stored).slice().buffer);
}
