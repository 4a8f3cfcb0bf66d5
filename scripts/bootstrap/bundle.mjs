import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** The processes of a running shop: what `npm start` and `npm run worker` are made of. */
const entries = ["scripts/start.ts", "scripts/serve.ts", "scripts/worker.ts", "lib/sandbox/main.ts"];

/** Left to Node: they look for files beside themselves, or are no JavaScript. */
const external = ["@node-rs/argon2", "esbuild", "graphile-worker", "next", "pg", "pino", "sharp"];

const keptForMs = 24 * 60 * 60_000; // A shop that still runs from an older bundle may yet load a part of it.

/**
 * Bundles those processes when their sources have changed, in a quarter of a second, and answers the folder.
 * Loading some hundred TypeScript files through a loader would cost each process a second of CPU at every start.
 */
export async function bundle(root) {
  const cache = path.join(root, "node_modules", ".cache", "zhanggui");
  const folder = path.join(cache, hashOf(root));
  if (fs.existsSync(folder)) return folder;
  forgetOld(cache);
  const draft = `${folder}.${process.pid}`;
  const { build, stop } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outbase: root,
    outdir: draft,
    outExtension: { ".js": ".mjs" },
    alias: { "@": root },
    bundle: true,
    splitting: true,
    external,
    format: "esm",
    platform: "node",
    target: "node22",
    sourcemap: true,
    logLevel: "silent",
    banner: {
      js: 'import { createRequire as toRequire } from "node:module"; const require = toRequire(import.meta.url);',
    },
    plugins: [ownPlaces(root)],
  });
  await stop(); // Its process would stay as long as we do.
  fs.renameSync(draft, folder);
  return folder;
}

/** A source file that reads what lies beside it finds it from the bundle, too. */
function ownPlaces(root) {
  return {
    name: "own-places",
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        if (!file.startsWith(root) || file.includes("node_modules")) return undefined;
        const contents = fs
          .readFileSync(file, "utf8")
          .replaceAll("import.meta.dirname", JSON.stringify(path.dirname(file)))
          .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(file).href));
        return { contents, loader: "ts" };
      });
    },
  };
}

function hashOf(root) {
  const hash = crypto.createHash("sha256").update(root);
  const listed = ["lib", "scripts", "messages"].flatMap((name) =>
    fs.readdirSync(path.join(root, name), { recursive: true }).map((file) => path.join(name, file)),
  );
  for (const file of [
    ...listed.filter((name) => /\.(ts|mjs|json)$/.test(name)),
    "package-lock.json",
  ].sort()) {
    hash.update(`\0${file}\0`).update(fs.readFileSync(path.join(root, file)));
  }
  return hash.digest("hex").slice(0, 24);
}

function forgetOld(cache) {
  for (const name of fs.existsSync(cache) ? fs.readdirSync(cache) : []) {
    const folder = path.join(cache, name);
    if (Date.now() - fs.statSync(folder).mtimeMs > keptForMs)
      fs.rmSync(folder, { recursive: true, force: true });
  }
}
