/*
 * A graph of TensorFlow operations in the bytes of a SavedModel, the one form of a graph that
 * tfjs-node can load. Protocol buffers by hand: the messages are seven, and what describes them in
 * tfjs-node is generated JavaScript without types. Field numbers are those of TensorFlow's
 * saved_model.proto, meta_graph.proto, graph.proto, node_def.proto, attr_value.proto, tensor.proto
 * and tensor_shape.proto.
 */

/** An attribute of an operation, as its message AttrValue. */
export type AttributeBytes = Uint8Array;

export interface GraphNode {
  readonly name: string;
  readonly operation: string;
  /** `node:output` of each. */
  readonly inputs: readonly string[];
  readonly attributes: readonly (readonly [name: string, value: AttributeBytes])[];
}

/** The tag by which the only graph of the SavedModel is asked for. */
export const GRAPH_TAG = 'graph';

/** GraphDef versions up to this one mean the same to us: TensorFlow 2.9 to 2.21 read it. */
const PRODUCER = 1087;

/** The file `saved_model.pb` of a SavedModel with one graph. */
export function savedModel(nodes: readonly GraphNode[]): Uint8Array {
  const graph = message(
    ...nodes.map((node) => field(1, nodeDef(node))),
    field(4, int(1, PRODUCER)),
  );
  const metaInfo = text(4, GRAPH_TAG);
  const metaGraph = message(field(1, metaInfo), field(2, graph));
  return message(int(1, 1), field(2, metaGraph));
}

export const attribute = {
  type: (value: number) => int(6, value),
  int: (value: number) => int(3, value),
  bool: (value: boolean) => int(5, value ? 1 : 0),
  float: (value: number) => float(4, value),
  string: (value: string) => text(2, value),
  shape: (shape: readonly number[]) => field(7, shapeOf(shape)),
  types: (values: readonly number[]) => field(1, packed(6, values)),
  ints: (values: readonly number[]) => field(1, packed(3, values)),
  /** @param content the numbers, row by row, little-endian */
  tensor: (type: number, shape: readonly number[], content: Uint8Array) =>
    field(8, message(int(1, type), field(2, shapeOf(shape)), field(4, content))),
} as const;

function nodeDef({ name, operation, inputs, attributes }: GraphNode): Uint8Array {
  return message(
    text(1, name),
    text(2, operation),
    ...inputs.map((input) => text(3, input)),
    ...attributes.map(([key, value]) => field(5, message(text(1, key), field(2, value)))),
  );
}

function shapeOf(shape: readonly number[]): Uint8Array {
  return message(...shape.map((length) => field(2, int(1, length))));
}

function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields);
}

function field(number: number, bytes: Uint8Array): Uint8Array {
  return message(varint(number * 8 + 2), varint(bytes.length), bytes);
}

function text(number: number, value: string): Uint8Array {
  return field(number, Buffer.from(value));
}

function int(number: number, value: number): Uint8Array {
  return message(varint(number * 8), varint(value));
}

function float(number: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return message(varint(number * 8 + 5), bytes);
}

function packed(number: number, values: readonly number[]): Uint8Array {
  return field(number, message(...values.map(varint)));
}

/** A whole number, seven bits a byte, the smallest first; negative ones as 64 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...bytes, Number(rest)]);
}
