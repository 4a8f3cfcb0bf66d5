/** Strangers wait for each other on few connections of the pool, so that WeChat's own messages always find one. */
const atOnce = 2;
const mostWaiting = 200;

const waiting: (() => void)[] = [];
let running = 0;

/** Runs the work when its turn comes. False when too many wait already: then it is not run at all. */
export async function inStrangerQueue(work: () => Promise<unknown>): Promise<boolean> {
  if (running === atOnce) {
    if (waiting.length === mostWaiting) return false;
    await new Promise<void>((resolve) => waiting.push(resolve)); // Who finishes hands over the turn.
  } else {
    running += 1;
  }
  try {
    await work();
    return true;
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
