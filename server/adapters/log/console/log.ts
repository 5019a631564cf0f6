import { LOG_LEVELS, type LogLevel, type LogStyle } from '../../../domain/logging.js';
import type { Log, LogFields } from '../../../ports/log.js';
import { withoutSecrets } from './without-secrets.js';

const TERMINAL: LogStyle = { format: 'text', level: 'info' };
const MARKS: Readonly<Record<LogLevel, string>> = {
  debug: '',
  info: '',
  warn: 'warning: ',
  error: 'error: ',
};
/** How a line of JSON begins. */
const TIME = '{"time":"';
/** Beside line ends: what terminals do something for. */
const CONTROLS = /[^\P{Cc}\n\t]/gu;
/** What needs no quotes to be told from what stands around it. */
const PLAIN = /^[\w.:/-]+$/;

/**
 * Lines on the standard streams, with the time and who speaks: as text, or as JSON. Warnings and errors go to
 * standard error. What lets anybody in is left out: keys of ours, and the `secret` that the settings give.
 */
export class ConsoleLog implements Log {
  constructor(
    private readonly speaker: string,
    private readonly style: LogStyle = TERMINAL,
    private readonly fields: LogFields = {},
    private readonly secret: string | null = null,
  ) {}

  debug(line: string, fields?: LogFields): void {
    this.tell('debug', line, fields);
  }

  info(line: string, fields?: LogFields): void {
    this.tell('info', line, fields);
  }

  warn(line: string, fields?: LogFields): void {
    this.tell('warn', line, fields);
  }

  error(line: string, fields?: LogFields): void {
    this.tell('error', line, fields);
  }

  tells(level: LogLevel): boolean {
    return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(this.style.level);
  }

  with(fields: LogFields): Log {
    return new ConsoleLog(this.speaker, this.style, { ...this.fields, ...fields }, this.secret);
  }

  relay(line: string, child: string): void {
    const isOurs = this.style.format === 'text' || line.startsWith(TIME);
    if (isOurs) process.stderr.write(`${this.harmless(line)}\n`);
    else this.warn(line, { child });
  }

  private tell(level: LogLevel, line: string, more: LogFields = {}): void {
    if (!this.tells(level)) return;
    const fields = { ...this.fields, ...more };
    const text =
      this.style.format === 'json'
        ? this.json(level, line, fields)
        : this.text(level, line, fields);
    const stream = level === 'warn' || level === 'error' ? process.stderr : process.stdout;
    stream.write(`${this.harmless(text)}\n`);
  }

  private harmless(text: string): string {
    return withoutSecrets(text.replace(CONTROLS, escaped), this.secret);
  }

  private json(level: LogLevel, message: string, fields: LogFields): string {
    const time = new Date().toISOString();
    return JSON.stringify({ time, level, process: this.speaker, message, ...fields });
  }

  private text(level: LogLevel, line: string, fields: LogFields): string {
    // A stack goes on below: what stands beside it is of its first line. No line of a text that somebody has sent
    // may look like one of ours.
    const [first = '', ...rest] = line.split('\n');
    const besides = Object.entries(fields).map(([name, value]) => ` ${name}=${worded(value)}`);
    const start = `${new Date().toISOString()} ${this.speaker}  ${MARKS[level]}${first}`;
    return [start + besides.join(''), ...rest.map(indented)].join('\n');
  }
}

/** As JSON writes it, which leaves those behind ASCII as they are. */
function escaped(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return JSON.stringify(control).slice(1, -1);
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function worded(value: LogFields[string] | undefined): string {
  const text = String(value);
  return PLAIN.test(text) ? text : JSON.stringify(text);
}

function indented(line: string): string {
  return line.startsWith(' ') ? line : `    ${line}`;
}
