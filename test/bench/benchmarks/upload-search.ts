import sharp from 'sharp';
import type { RunningServer } from '../../integration/running-server.js';
import { besides, type Benchmark, type Row } from '../harness/benchmark.js';
import {
  formRequest,
  type FormFile,
  type HttpLoad,
  type HttpRequest,
} from '../harness/http-load.js';
import { inTurns, median } from '../harness/statistics.js';

const ROUNDS = 7;
const SECONDS = 2;
const PICTURES = 500;
/** TEST images of the dataset: no picture that is sent is in the index. */
const FIRST_PICTURE = 60_001;

const SEARCH = `query ($file: Upload!) {
  similarImagesToUpload(datasetId: 1, file: $file, k: 10, split: TRAIN) {
    neighbours { rank distance similarity image { id label url } }
  }
}`;

export const benchmark: Benchmark = {
  title: 'Search by an uploaded picture: decode, embed, find ten neighbours of six fields',
  run: async (tools) => {
    const { modelFile, kernelsFile, vectorsFile } = await tools.data();
    const ours = await tools.server();
    const pngs = await picturesOf(ours);
    const jpegs = await Promise.all(pngs.map((bytes) => sharp(bytes).jpeg().toBuffer()));
    const service = tools.python('service', { args: [modelFile, kernelsFile, vectorsFile] });
    const port = service && (await service.ask<{ port: number }>(null)).port;
    const load = (url: string, requests: readonly HttpRequest[], connections: number) => () =>
      tools.load({ url, connections, seconds: SECONDS, requests });
    const [graphql, graphqlJpeg] = [
      pngs.map(graphqlUpload('png')),
      jpegs.map(graphqlUpload('jpeg')),
    ];
    const [forms, formsJpeg] = [pngs.map(formUpload('png')), jpegs.map(formUpload('jpeg'))];
    const python = `http://127.0.0.1:${port}`;
    const rounds = await inTurns(ROUNDS, {
      one: load(ours.url, graphql, 1),
      oneJpeg: load(ours.url, graphqlJpeg, 1),
      many: load(ours.url, graphql, 64),
      pythonOne: service && load(python, forms, 1),
      pythonOneJpeg: service && load(python, formsJpeg, 1),
      pythonMany: service && load(python, forms, 64),
    });
    const beside = (side: readonly HttpLoad[]) =>
      besides('FastAPI + TensorFlow + FAISS', rate(side), tools.whyNoPython);
    const rows: Row[] = [
      {
        what: 'search by upload, one connection',
        unit: 'requests/s',
        ours: rate(rounds.one),
        other: beside(rounds.pythonOne),
        target: { of: 'ratio', atLeast: 2 },
        remark: `99 in 100 answered within ${p99(rounds.one)} (one connection).`,
      },
      {
        what: 'search by an uploaded JPEG, one connection',
        unit: 'requests/s',
        ours: rate(rounds.oneJpeg),
        other: beside(rounds.pythonOneJpeg),
        target: { of: 'ratio', atLeast: 2 },
        remark: `99 in 100 answered within ${p99(rounds.oneJpeg)} (JPEG, one connection).`,
      },
      {
        what: 'search by upload, 64 connections',
        unit: 'requests/s',
        ours: rate(rounds.many),
        other: beside(rounds.pythonMany),
        target: { of: 'ratio', atLeast: 2 },
        remark: `99 in 100 answered within ${p99(rounds.many)} (64 connections).`,
      },
      {
        what: 'search by upload, 64 connections',
        unit: 'requests/s',
        ours: rate(rounds.many),
        other: { name: 'one connection', values: rate(rounds.one) },
        target: { of: 'ratio', atLeast: 3 },
      },
    ];
    return rows;
  },
};

function rate(loads: readonly HttpLoad[]): number[] {
  return loads.map((load) => load.requestsPerSecond);
}

function p99(loads: readonly HttpLoad[]): string {
  return `${median(loads.map((load) => load.p99)).toFixed(0)} ms`;
}

type PictureKind = 'png' | 'jpeg';

function fileOf(name: string, kind: PictureKind, bytes: Uint8Array): FormFile {
  return { name, fileName: `query.${kind}`, contentType: `image/${kind}`, bytes };
}

function graphqlUpload(kind: PictureKind): (bytes: Uint8Array) => HttpRequest {
  const operations = JSON.stringify({ query: SEARCH, variables: { file: null } });
  const fields = { operations, map: '{"0":["variables.file"]}' };
  return (bytes) => formRequest('/graphql', fields, fileOf('0', kind, bytes));
}

function formUpload(kind: PictureKind): (bytes: Uint8Array) => HttpRequest {
  return (bytes) => formRequest('/similar?k=10', {}, fileOf('file', kind, bytes));
}

async function picturesOf(server: RunningServer): Promise<Uint8Array[]> {
  const ids = Array.from({ length: PICTURES }, (_, place) => FIRST_PICTURE + place);
  return Promise.all(
    ids.map(async (id) => {
      const response = await server.fetch(`/images/${id}`);
      if (!response.ok) throw new Error(`/images/${id}: status ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    }),
  );
}
