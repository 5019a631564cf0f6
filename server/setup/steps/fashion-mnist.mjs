// @ts-check
import { hasIdxFiles, IDX_FILES } from '../fashion-mnist/idx-files.mjs';
import { installFashionMnist } from '../fashion-mnist/install.mjs';
import { availableSources } from '../fashion-mnist/sources.mjs';
import { fashionMnistDir } from '../repository.mjs';

/** @type {import('../runner/step-runner.mjs').Step} */
export const fashionMnist = {
  name: 'fashion-mnist',
  title: 'the built-in dataset',
  // The contents are pinned, so where they came from does not matter once they are here.
  fingerprint: () => JSON.stringify(IDX_FILES),
  isDone: () => hasIdxFiles(fashionMnistDir),
  run: (report) => installFashionMnist(availableSources(), fashionMnistDir, report),
};
