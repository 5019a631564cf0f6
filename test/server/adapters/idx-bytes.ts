/** An IDX file of unsigned bytes. */
export function idx(shape: readonly number[], data: Iterable<number>): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt8(8, 2);
  header.writeUInt8(shape.length, 3);
  shape.forEach((length, axis) => header.writeUInt32BE(length, 4 + 4 * axis));
  return Uint8Array.from([...header, ...data]);
}
