import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer } from "@/lib/sandbox/answer";

const files: Record<string, { file: string; contentType: string }> = {
  "/bridge.js": { file: "bridge.js", contentType: "text/javascript; charset=utf-8" },
  "/assets/tell-shop.js": { file: "tell-shop.js", contentType: "text/javascript; charset=utf-8" },
  "/assets/sandbox.css": { file: "sandbox.css", contentType: "text/css; charset=utf-8" },
};

/** The few files that browsers load. The bridge is loaded by the shop's pages, on another origin. */
export function serveAsset(path: string): Answer | null {
  const known = files[path];
  if (!known) return null;
  return {
    status: 200,
    contentType: known.contentType,
    body: readFileSync(join(import.meta.dirname, "assets", known.file)),
    headers: { "x-content-type-options": "nosniff", "cross-origin-resource-policy": "cross-origin" },
  };
}
