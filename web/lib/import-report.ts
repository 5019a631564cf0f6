import type { ImportRefusal } from './import-files';

/** Refused files as a CSV file that spreadsheets open. */
export function refusalsCsv(refusals: Iterable<ImportRefusal>): string {
  const lines = ['name,code,message'];
  for (const { name, code, message } of refusals) {
    lines.push([name, code, message].map(cell).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Quoted where it must be; a name that a spreadsheet would take for a formula is kept a text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands a text to the browser's downloads. */
export function download(text: string, fileName: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
