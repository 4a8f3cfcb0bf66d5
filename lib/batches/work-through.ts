/** Does the same with each, several at a time, in order. The first error ends it, when what has begun is done. */
export async function workThrough<T>(
  items: readonly T[],
  of: { atOnce: number; work: (item: T) => Promise<void> },
): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (!failed && next < items.length) {
      const item = items[next++];
      try {
        if (item !== undefined) await of.work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: of.atOnce }, worker));
  const broken = ended.find((one) => one.status === "rejected");
  if (broken) throw broken.reason;
}
