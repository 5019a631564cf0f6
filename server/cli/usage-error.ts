/** The command was given wrongly, or a file that it names is not as it should be. */
export class UsageError extends Error {}
