import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Unpacks the Chromium of the npm package `@sparticuz/chromium`, once, with the libraries that a bare machine
 * lacks. The package steers by the process's environment: it is put back, and what the browser needs returned.
 */
export async function unpackChromium(folder: string): Promise<{ path: string; env: Record<string, string> }> {
  const complete = join(folder, "complete");
  if (!existsSync(complete)) rmSync(folder, { recursive: true, force: true }); // Half of it, from a killed run.
  mkdirSync(folder, { recursive: true });
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" });
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    const path = await packed.executablePath();
    writeFileSync(complete, "");
    const libraries = [join(folder, "al2023", "lib"), before.LD_LIBRARY_PATH].filter(Boolean).join(":");
    return { path, env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: writeFontList(folder) } };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** The package's own list names fixed folders and leaves the system's fonts out, so Chinese ones too. */
function writeFontList(folder: string): string {
  const file = join(folder, "fonts.conf");
  const folders = [join(folder, "fonts", "fonts"), "/usr/share/fonts", "/usr/local/share/fonts"];
  const lines = folders.map((path) => `<dir>${path}</dir>`).join("");
  const system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>';
  const cache = `<cachedir>${join(folder, "font-cache")}</cachedir>`;
  writeFileSync(file, `<?xml version="1.0"?><fontconfig>${system}${lines}${cache}</fontconfig>\n`);
  return file;
}
