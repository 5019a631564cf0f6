import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Hyperparameters } from '../domain/architecture.js';
import type { Split } from '../domain/dataset.js';
import type { Evaluation } from '../domain/evaluation.js';
import type { Image } from '../domain/image.js';
import type { GivenInput } from '../domain/input-spec.js';
import type {
  Fit,
  InputSpec,
  Layer,
  LayerPart,
  Model,
  ModelIndex,
  ModelStatistics,
  Scaling,
} from '../domain/model.js';
import type { RecallPoint } from '../domain/recall-curve.js';
import { FitEnum, LayerPartEnum, MetricEnum, ScalingEnum, SplitEnum } from './enums.js';
import { EvaluationType } from './evaluation.type.js';
import { ImageType } from './image.type.js';

@ObjectType('InputSpec', {
  description: 'What a network is fed, and how a picture becomes that: pixels divided by 255.',
})
export class InputSpecType implements InputSpec {
  @Field(() => Int, { description: 'Width in pixels; pictures are resized to it.' })
  readonly width!: number;

  @Field(() => Int, { description: 'Height in pixels; pictures are resized to it.' })
  readonly height!: number;

  @Field(() => Int, { description: '1: pictures are made grayscale; 3: colour.' })
  readonly channels!: number;

  @Field(() => FitEnum, { description: 'How a picture of another shape is brought to this one.' })
  readonly fit!: Fit;

  @Field(() => String, { description: 'Behind transparent parts and in bars: `#rrggbb`.' })
  readonly background!: string;

  @Field(() => ScalingEnum, { description: 'What becomes of pixel values.' })
  readonly scaling!: Scaling;
}

@InputType('InputSpecInput', {
  description: 'What a network is to be fed; what is not given is proposed from the images.',
})
export class InputSpecInput implements GivenInput {
  @Field(() => Int, { nullable: true, description: 'Width in pixels, 28 to 160.' })
  readonly width?: number | null;

  @Field(() => Int, { nullable: true, description: 'Height in pixels, 28 to 160.' })
  readonly height?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: '1: pictures are made grayscale; 3: colour.',
  })
  readonly channels?: number | null;

  @Field(() => FitEnum, {
    nullable: true,
    description: 'How a picture of another shape is brought to this one.',
  })
  readonly fit?: Fit | null;

  @Field(() => String, {
    nullable: true,
    description: 'Behind transparent parts and in bars: `#rrggbb`.',
  })
  readonly background?: string | null;

  @Field(() => ScalingEnum, { nullable: true, description: 'What becomes of pixel values.' })
  readonly scaling?: Scaling | null;
}

@ObjectType('Layer', { description: "One line of a network's summary." })
export class LayerType implements Layer {
  @Field(() => String, { description: 'Name of the layer.' })
  readonly name!: string;

  @Field(() => LayerPartEnum, { description: 'The half it belongs to.' })
  readonly part!: LayerPart;

  @Field(() => String, { description: 'What it does.' })
  readonly kind!: string;

  @Field(() => [Int], { description: 'Shape of its output, without the batch dimension.' })
  readonly outputShape!: readonly number[];

  @Field(() => Int, { description: 'How many weights it learns.' })
  readonly parameterCount!: number;
}

@ObjectType('RecallPoint', {
  description: 'What an index finds, and takes for it, when a search looks at `ef` candidates.',
})
export class RecallPointType implements RecallPoint {
  @Field(() => Int, { description: 'Candidates looked at per search.' })
  readonly ef!: number;

  @Field(() => Float, {
    description: 'Recall at 10: mean share of the exact 10 nearest that a search for 10 returns.',
  })
  readonly recall!: number;

  @Field(() => Float, { description: 'Usual microseconds a search, when it was measured.' })
  readonly microseconds!: number;
}

@ObjectType('ModelIndex', { description: "The HNSW graph over one split's embeddings." })
export class ModelIndexType implements ModelIndex {
  @Field(() => ID, { description: 'Id of the index; a rebuilt one has a new id.' })
  readonly id!: string;

  @Field(() => SplitEnum, { description: 'The split it holds.' })
  readonly split!: Split;

  @Field(() => MetricEnum, { description: 'How distance is measured.' })
  readonly metric!: 'COSINE';

  @Field(() => Int, { description: 'Embeddings it holds.' })
  readonly size!: number;

  @Field(() => Int, { description: 'Links per vector.' })
  readonly m!: number;

  @Field(() => Int, { description: 'Candidates looked at per insert.' })
  readonly efConstruction!: number;

  @Field(() => Int, { description: 'Candidates looked at per search.' })
  readonly efSearch!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Recall at 10 that `efSearch` is the smallest to reach; null for models from before there ' +
      'were recall targets, whose `efSearch` was set by hand.',
  })
  readonly recallTarget!: number | null;

  @Field(() => [RecallPointType], {
    description:
      'What was measured when it was built, ascending by `ef`: on up to 1,000 images of the other ' +
      'split, or of its own where the other is empty, against exact search. Empty where nothing was.',
  })
  readonly recallCurve!: readonly RecallPoint[];

  @Field(() => Float, { description: 'Seconds it took to build.' })
  readonly buildSeconds!: number;

  @Field(() => Float, { description: 'Size of its file in bytes.' })
  readonly byteLength!: number;
}

@ObjectType('Reconstruction', { description: 'How a model redraws an image.' })
export class ReconstructionType {
  @Field(() => ImageType, { description: 'The original.' })
  readonly image!: Image;

  @Field(() => String, { description: 'The redrawn picture, as a PNG data URL.' })
  readonly url!: string;

  @Field(() => Float, { description: 'Mean squared error over pixels scaled to 0..1.' })
  readonly meanSquaredError!: number;
}

@ObjectType('Model', { description: 'What a successful run leaves. It bears the id of its run.' })
export class ModelType implements Model {
  @Field(() => ID, { description: 'Id of the model, and of its run.' })
  readonly id!: number;

  readonly datasetId!: number;

  @Field(() => String, { description: 'Name of its architecture.' })
  readonly architecture!: string;

  readonly hyperparameters!: Hyperparameters;

  @Field(() => InputSpecType, { description: 'What the network is fed.' })
  readonly input!: InputSpec;

  @Field(() => Int, { description: 'Numbers per embedding.' })
  readonly latentSize!: number;

  @Field(() => [LayerType], { description: 'The network, layer by layer.' })
  readonly layers!: readonly Layer[];

  readonly weightsBlobId!: string;

  @Field(() => EvaluationType, { description: 'How good it is.' })
  readonly evaluation!: Evaluation;

  readonly statistics!: ModelStatistics | null;

  @Field(() => [ModelIndexType], { description: 'Its indexes, one per split.' })
  readonly indexes!: readonly ModelIndex[];

  @Field(() => Date, { description: 'When its run succeeded.' })
  readonly createdAt!: Date;
}
