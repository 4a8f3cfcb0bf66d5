import { parseEnvironment } from "@/lib/environment/environment";
import { writeExport } from "@/lib/exports/write-export";
import { openShop } from "@/lib/shop";
import type { Written } from "./exports";
import { residentMb } from "./processes";

/** Writes one export as the worker does, in a process of its own whose memory its parent has limited. */
const shop = openShop(parseEnvironment({ variables: process.env, dataDir: "." }), { name: "export-writer" });

process.once("message", async (exportId: number) => {
  let heapMb = 0;
  const look = () => {
    heapMb = Math.max(heapMb, process.memoryUsage().heapUsed / 1024 / 1024);
  };
  const looking = setInterval(look, 100);
  const began = performance.now();
  await writeExport(shop, exportId);
  look();
  clearInterval(looking);
  const seconds = (performance.now() - began) / 1000;
  const written: Written = { seconds, heapMb, residentMb: residentMb(process.pid) ?? 0 };
  await shop.close();
  process.send?.(written, () => process.disconnect?.());
});
process.send?.("ready");
