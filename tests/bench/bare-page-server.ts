import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import next from "next";

/** The least that this version of Next sends: one page with a heading, built here and served as the app is. */
const dir = "tests/.output/bare-page"; // Below the project, so that it finds the same node_modules.
const files = {
  "next.config.mjs": `export default { poweredByHeader: false, turbopack: { root: ${JSON.stringify(process.cwd())} } };`,
  "app/layout.js":
    'export default function Layout({ children }) { return <html lang="zh-CN"><body>{children}</body></html>; }',
  "app/page.js":
    'export const dynamic = "force-dynamic"; export default function Page() { return <h1>掌柜</h1>; }',
};

for (const [name, text] of Object.entries(files)) {
  mkdirSync(join(dir, name, ".."), { recursive: true });
  writeFileSync(join(dir, name), text);
}
const bin = join("node_modules", "next", "dist", "bin", "next");
const built = spawnSync(process.execPath, [bin, "build", dir], {
  encoding: "utf8",
  env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
});
if (built.status !== 0) throw new Error(`the bare page was not built:\n${built.stdout}\n${built.stderr}`);

const port = Number(process.env.PORT);
const server = createServer();
const app = next({ dir, port, httpServer: server });
const handle = app.getRequestHandler();
server.on("request", (request, response) => void handle(request, response));
await app.prepare();
process.once("SIGTERM", () => process.exit(0));
server.listen(port, "127.0.0.1", () => process.send?.("ready"));
