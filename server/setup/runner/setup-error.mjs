// @ts-check

/** A failure that tells the reader what to do about it. */
export class SetupError extends Error {
  /**
   * @param {string} message what went wrong
   * @param {string} advice one sentence: what to do now
   */
  constructor(message, advice) {
    super(message);
    this.name = 'SetupError';
    this.advice = advice;
  }
}

/** A step that failed; carries what the terminal shows. */
export class StepFailed extends Error {
  /**
   * @param {string} step
   * @param {string} logFile
   * @param {unknown} cause
   */
  constructor(step, logFile, cause) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'StepFailed';
    this.step = step;
    this.logFile = logFile;
    this.advice =
      cause instanceof SetupError
        ? cause.advice
        : 'Run the same command again; if it fails the same way, the log and this message are what to report.';
  }
}
