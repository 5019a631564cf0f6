/* The kernels that this processor runs. */
import './encoder-kernels.suite.js';
