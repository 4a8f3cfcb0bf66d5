// Preloaded into every process that we start: when its parent is gone, however it went, the process is told to stop.
import { isMainThread } from "node:worker_threads";

const parent = Number(process.env.ZHANGGUI_PARENT_PID);
delete process.env.ZHANGGUI_PARENT_PID; // It is about this process, not about those that this one starts.

if (isMainThread && parent > 0) {
  const watch = setInterval(() => process.ppid !== parent && stop(), 250);
  watch.unref();
  if (process.connected) process.once("disconnect", stop); // At once, where there is a channel to the parent.

  let stopping = false;
  function stop() {
    if (stopping) return;
    stopping = true;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), 4_000).unref(); // It did not stop by itself.
  }
}
