import postgres from "postgres";
import { log } from "@/lib/http/log";
import { type DeskSignal, deskChannel } from "./signal-desk";

type Listener = (signal: DeskSignal) => void;
type Feed = { listeners: Set<Listener>; listening: Promise<unknown> };

const held = globalThis as { zhangguiDeskFeed?: Feed };

/**
 * Subscribes to the desk's signals; returns how to leave. One LISTEN connection serves the whole process (`directUrl`:
 * LISTEN does not work through a transaction pooler). After a lost connection every listener is told to resynchronise.
 */
export function subscribeToDesk(directUrl: string, listener: Listener): () => void {
  held.zhangguiDeskFeed ??= openFeed(directUrl);
  const { listeners } = held.zhangguiDeskFeed;
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function openFeed(directUrl: string): Feed {
  const listeners = new Set<Listener>();
  const tell = (signal: DeskSignal) => {
    for (const listener of listeners) listener(signal);
  };
  const sql = postgres(directUrl, {
    max: 1,
    idle_timeout: 0,
    connection: { application_name: "zhanggui-desk-feed" },
  });
  const listening = sql
    .listen(
      deskChannel,
      (payload) => tell(JSON.parse(payload)),
      () => tell({ type: "resync" }),
    )
    .catch((error: unknown) => {
      held.zhangguiDeskFeed = undefined; // The next subscriber tries again.
      log.error({ err: error }, "the desk's feed could not be opened");
    });
  return { listeners, listening };
}
