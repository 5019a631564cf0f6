#!/usr/bin/env node
// @ts-check
// `lookalike ...`: makes sure that the command line is compiled, then hands over to it.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './repository.mjs';
import { setUp } from './runner/setup-session.mjs';
import { buildServer } from './steps/build-server.mjs';
import { dependencies } from './steps/dependencies.mjs';
import { libtensorflow } from './steps/libtensorflow.mjs';

// npm and the set-up work in the repository; the paths of the command are meant from where it was given.
const givenFrom = process.env.INIT_CWD ?? process.cwd();
// What verifies reads indexes, and embeds where it repairs.
const verifies = process.argv[2] === 'verify';
await setUp(verifies ? [dependencies, libtensorflow, buildServer] : [dependencies, buildServer]);
process.chdir(givenFrom);
await import(pathToFileURL(path.join(root, 'build', 'server', 'cli.js')).href);
