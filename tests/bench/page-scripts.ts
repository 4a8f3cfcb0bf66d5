import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Desk, readPage } from "./desk";

/**
 * KB of JavaScript that a browser fetches for a page, compressed: the scripts its HTML names and those of the parts
 * that become alive, without what only old browsers run. `bareKb` is the share that every page has, with nothing in it.
 */
export async function measureScripts(desk: Desk, path: string): Promise<{ pageKb: number; bareKb: number }> {
  const html = await readPage(desk, path);
  const old = new Set(
    [...html.matchAll(/<script[^>]*\bnoModule\b[^>]*>/gi)].flatMap(([tag]) => scriptsIn(tag)),
  );
  const scripts = new Set(scriptsIn(html).filter((script) => !old.has(script)));
  const sizes = new Map<string, number>();
  for (const script of scripts) sizes.set(script, gzipSync(await readPage(desk, `/_next/${script}`)).length);
  const sum = (of: Iterable<string>) =>
    [...of].reduce((bytes, script) => bytes + (sizes.get(script) ?? 0), 0) / 1000;
  return { pageKb: sum(scripts), bareKb: sum(bareScripts()) };
}

/** As tags and as the flight data name them. */
function scriptsIn(html: string): string[] {
  return [...html.matchAll(/static\/chunks\/[\w.~/-]+?\.js/g)].map(([script]) => script);
}

function bareScripts(): string[] {
  const manifest: { rootMainFiles: string[] } = JSON.parse(readFileSync(".next/build-manifest.json", "utf8"));
  return manifest.rootMainFiles;
}
