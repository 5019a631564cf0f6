/** How much is told: a level with all that stand behind it. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Lines for people at a terminal, or an object of JSON a line for programs that gather logs. */
export const LOG_FORMATS = ['text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface LogStyle {
  readonly format: LogFormat;
  readonly level: LogLevel;
}
