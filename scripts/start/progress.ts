const began = performance.now() - process.uptime() * 1000;

/** A line of progress with the seconds since the process began. */
export function say(line: string): void {
  process.stdout.write(`[${seconds().padStart(5)} s] ${line}\n`);
}

/** Seconds since this process began. */
export function seconds(): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}

/** A reader that has gone away (`npm start | head`) is no reason to fall over. */
export function tolerateClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
