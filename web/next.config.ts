import path from 'node:path';
import type { NextConfig } from 'next';

const config: NextConfig = {
  // One package.json serves server and console: modules are resolved from the repository root.
  turbopack: { root: path.join(import.meta.dirname, '..') },
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
};

export default config;
