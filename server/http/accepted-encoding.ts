/** Whether an encoding is among those that a request accepts, and not with the weight 0 (RFC 9110, section 12.5.3). */
export function accepts(encoding: 'br' | 'gzip', accepted: string | string[] | undefined): boolean {
  return String(accepted ?? '')
    .split(',')
    .some((part) => {
      const [name = '', weight = ''] = part.split(';');
      return name.trim().toLowerCase() === encoding && !/^\s*q=0(\.0*)?\s*$/i.test(weight);
    });
}
