// Preloaded into every process that we start: when its parent is gone, however it went, the process is told to stop.
import { isMainThread } from "node:worker_threads";

const parent = Number(process.env.ZHANGGUI_PARENT_PID);
delete process.env.ZHANGGUI_PARENT_PID; // It is about this process, not about those that this one starts.

if (isMainThread && parent > 0) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), 4_000).unref(); // It did not stop by itself.
  }, 250);
  watch.unref();
}
