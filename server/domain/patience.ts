/**
 * What a promise resolves to, or `late` where it takes longer than so many milliseconds: then it goes on
 * by itself, and whatever becomes of it is nobody's business here.
 * @throws what the promise is rejected with in time
 */
export async function within<Value, Late>(
  milliseconds: number,
  promise: Promise<Value>,
  late: Late,
): Promise<Value | Late> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(late), milliseconds);
  });
  try {
    return await Promise.race([promise, patience]);
  } finally {
    clearTimeout(timer);
  }
}
