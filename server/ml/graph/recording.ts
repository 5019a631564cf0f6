import { backendOf } from '../tf.js';
import type { Backend, Tensor, TensorFlow } from '../tf.js';
import { attribute } from './saved-model.js';
import type { AttributeBytes, GraphNode } from './saved-model.js';

/** A function of tensors as a graph. */
export interface RecordedGraph {
  readonly nodes: readonly GraphNode[];
  /** `node:output` that each input is fed to. */
  readonly inputs: readonly string[];
  /** `node:output` that each result is read from. */
  readonly outputs: readonly string[];
}

type Attributes = Parameters<Backend['executeSingleOutput']>[1];
type Inputs = Parameters<Backend['executeSingleOutput']>[2];
type Input = Inputs[number];

/**
 * Runs a function once and writes down every TensorFlow operation that it has run. What an operation
 * reads and no operation before it has made is an input or a constant.
 * @param inputs examples: the graph is for their shapes
 */
export function recordGraph(
  tf: TensorFlow,
  inputs: readonly Tensor[],
  run: (...inputs: Tensor[]) => readonly Tensor[],
): RecordedGraph {
  const recording = new Recording(backendOf(tf));
  const names = inputs.map((input) => recording.placeholder(input));
  const outputs: string[] = [];
  tf.tidy(() => {
    const results = recording.during(() => run(...inputs));
    outputs.push(...results.map((result) => recording.nameOf(result)));
  });
  return { nodes: recording.nodes, inputs: names, outputs };
}

class Recording {
  readonly nodes: GraphNode[] = [];
  /** Where each tensor's numbers come from, by what the backend knows them as. */
  private readonly sources = new Map<object, string>();

  constructor(private readonly backend: Backend) {}

  placeholder(tensor: Tensor): string {
    const dtype = attribute.type(this.backend.getDTypeInteger(tensor.dtype));
    const shape = attribute.shape(tensor.shape);
    return this.append(
      'Placeholder',
      [],
      [
        ['dtype', dtype],
        ['shape', shape],
      ],
      [tensor],
    );
  }

  nameOf(tensor: Input): string {
    return this.sources.get(tensor.dataId) ?? this.constant(tensor);
  }

  /** Every operation goes through these two methods of the backend, gradients' too. */
  during<T>(work: () => T): T {
    const { backend } = this;
    const single = backend.executeSingleOutput.bind(backend);
    const multiple = backend.executeMultipleOutputs.bind(backend);
    backend.executeSingleOutput = (name, attributes, inputs) => {
      const output = single(name, attributes, inputs);
      this.operation(name, attributes, inputs, [output]);
      return output;
    };
    backend.executeMultipleOutputs = (name, attributes, inputs, count) => {
      const outputs = multiple(name, attributes, inputs, count);
      this.operation(name, attributes, inputs, outputs);
      return outputs;
    };
    try {
      return work();
    } finally {
      backend.executeSingleOutput = single;
      backend.executeMultipleOutputs = multiple;
    }
  }

  private operation(
    name: string,
    attributes: Attributes,
    inputs: Inputs,
    outputs: readonly Tensor[],
  ): void {
    const encoded = attributes.flatMap((each): [string, AttributeBytes][] => {
      const value = this.attributeOf(each);
      return value ? [[each.name, value]] : [];
    });
    const sources = inputs.map((input) => this.nameOf(input));
    this.append(name, sources, encoded, outputs);
  }

  private constant(tensor: Input): string {
    const values = this.backend.readSync(tensor.dataId);
    if (!ArrayBuffer.isView(values)) throw new TypeError('A text cannot be a constant of a graph.');
    const content = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    const type = this.backend.getDTypeInteger(tensor.dtype);
    const value = attribute.tensor(type, tensor.shape, content);
    return this.append(
      'Const',
      [],
      [
        ['dtype', attribute.type(type)],
        ['value', value],
      ],
      [tensor],
    );
  }

  /** @returns the name of the first output */
  private append(
    operation: string,
    inputs: readonly string[],
    attributes: GraphNode['attributes'],
    outputs: readonly Input[],
  ): string {
    const name = `${operation}_${this.nodes.length}`;
    this.nodes.push({ name, operation, inputs, attributes });
    outputs.forEach(({ dataId }, position) => this.sources.set(dataId, `${name}:${position}`));
    return `${name}:0`;
  }

  /** Null for one that is left to its default. */
  private attributeOf({ name, type, value }: Attributes[number]): AttributeBytes | null {
    const { binding } = this.backend;
    const given: unknown = value;
    if (given === undefined || given === null) return null;
    if (typeof value === 'boolean') return attribute.bool(value);
    if (typeof value === 'string') return attribute.string(value);
    if (typeof value === 'number') {
      if (type === binding.TF_ATTR_TYPE) return attribute.type(value);
      return type === binding.TF_ATTR_FLOAT ? attribute.float(value) : attribute.int(value);
    }
    if (Array.isArray(value) && value.every((each) => typeof each === 'number')) {
      if (type === binding.TF_ATTR_TYPE) return attribute.types(value);
      return type === binding.TF_ATTR_SHAPE ? attribute.shape(value) : attribute.ints(value);
    }
    throw new TypeError(`An operation's attribute "${name}" cannot be part of a graph.`);
  }
}
