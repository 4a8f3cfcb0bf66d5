const lookEveryMs = 300;

/** npm does not hand SIGTERM on, and a killed parent hands on nothing: the child sees that it has another parent. */
export function stopWhenParentIsGone(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, lookEveryMs).unref();
}
