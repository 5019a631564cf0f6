// @ts-check
// The orders of steps: what a server needs, and what its tests need on top.
import { buildConsole } from './steps/build-console.mjs';
import { buildServer } from './steps/build-server.mjs';
import { chromium } from './steps/chromium.mjs';
import { dependencies } from './steps/dependencies.mjs';
import { fashionMnist } from './steps/fashion-mnist.mjs';
import { libtensorflow } from './steps/libtensorflow.mjs';

export const serverSteps = [dependencies, libtensorflow, fashionMnist, buildServer, buildConsole];
export const testSteps = [...serverSteps, chromium];
/** Formatting, rules, types and generated files: no TensorFlow, no dataset. */
export const checkSteps = [dependencies];
export const generateSteps = [dependencies, buildServer];
export const benchSteps = serverSteps;
