/* The kernels that this processor runs. */
import './network-kernels.suite.js';
