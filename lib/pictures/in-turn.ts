import { AppError } from "@/lib/http/app-error";

const mostWaiting = 10; // Each holds up to 5 MB.
const patienceS = 5;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/** One piece of work at a time in this process: decoding a picture may take half a gigabyte. Too many at once: 429. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= mostWaiting) throw new AppError("too_many_requests", { retryAfterS: patienceS });
  waiting++;
  const mine = last.then(work).finally(() => waiting--);
  last = mine.catch(() => {});
  return mine;
}
