/* The same on the kernels for any processor: an operation asks for its kernels when it is first used. */
process.env['LOOKALIKE_INSTRUCTIONS'] = 'portable';
await import('./encoder-kernels.suite.js');

export {};
