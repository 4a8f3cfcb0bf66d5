/**
 * Run after `npm install` has changed package-lock.json: `node scripts/build/complete-lockfile.mjs`.
 * A registry may lack the packages of other platforms; npm then drops their entries, and `npm ci` refuses the lockfile.
 * This writes the entries again, from what the packages name. With `--check` it only says what is missing.
 */
import fs from "node:fs";

const file = new URL("../../package-lock.json", import.meta.url);
const lock = JSON.parse(fs.readFileSync(file, "utf8"));
const missing = findMissing(lock.packages);

if (process.argv.includes("--check")) {
  for (const { at } of missing) process.stdout.write(`${at}\n`);
  process.exitCode = missing.length ? 1 : 0;
} else if (missing.length) {
  for (const { at, entry } of missing) lock.packages[at] = entry;
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  lock.packages = Object.fromEntries(sorted);
  fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`package-lock.json: ${missing.length} entries of other platforms completed\n`);
}

function findMissing(packages) {
  const found = new Map();
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (isLocked(packages, parent, name)) continue;
      const top = `node_modules/${name}`;
      const at = found.has(top) && found.get(top).entry.version !== version ? `${parent}/${top}` : top;
      found.set(at, { at, entry: { version, ...platformOf(name), ...(dev && { dev }), optional: true } });
    }
  }
  return [...found.values()];
}

/** As Node resolves: beside the parent's own dependencies, then outwards. */
function isLocked(packages, parent, name) {
  const folders = parent
    .split("/node_modules/")
    .map((_, index, parts) => parts.slice(0, index + 1).join("/node_modules/"));
  return ["", ...folders].some((folder) => packages[`${folder ? `${folder}/` : ""}node_modules/${name}`]);
}

/** Platform packages say in their names whom they are for. */
function platformOf(name) {
  const words = name.split(/[^a-z0-9]+/);
  const os = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"].filter((it) =>
    words.includes(it),
  );
  const cpu = ["x64", "arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "wasm32"].filter((it) =>
    words.includes(it),
  );
  if (os.length === 0 && cpu.length === 0) throw new Error(`${name} does not say which platform it is for`);
  return { ...(cpu.length && { cpu }), ...(os.length && { os }) };
}
