import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** One import of a source file: of another file (a path from the root) or of a package (its specifier). */
export type Import = { from: string; to: string; isType: boolean };

export type Source = { path: string; text: string };

const sourceFolders = ["app", "lib", "scripts", "tests"];

/** Every TypeScript file of ours, with its path from the root. */
export function listSources(): Source[] {
  const inFolders = sourceFolders
    .filter(existsSync)
    .flatMap((folder) =>
      (readdirSync(folder, { recursive: true }) as string[]).map((name) => join(folder, name)),
    );
  const paths = [...inFolders, "proxy.ts", "instrumentation.ts"].filter((path) => /\.tsx?$/.test(path));
  return paths
    .filter((path) => existsSync(path) && !path.startsWith(join("tests", ".output")))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

const statement =
  /^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']/gm;
const dynamic = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

export function readImports({ path, text }: Source): Import[] {
  const fixed = [...text.matchAll(statement)].map((match) => ({
    isType: Boolean(match[1]),
    to: match[2] ?? match[3] ?? "",
  }));
  const late = [...text.matchAll(dynamic)].map((match) => ({ isType: false, to: match[1] ?? "" }));
  return [...fixed, ...late].map(({ to, isType }) => ({ from: path, to: resolveImport(path, to), isType }));
}

function resolveImport(from: string, specifier: string): string {
  if (specifier.startsWith("@/")) return withExtension(normalize(specifier.slice(2)));
  if (specifier.startsWith(".")) return withExtension(normalize(join(dirname(from), specifier)));
  return specifier;
}

function withExtension(path: string): string {
  return (
    [".ts", ".tsx", "/index.ts"]
      .map((end) => path + end)
      .find((file) => existsSync(file) && statSync(file).isFile()) ?? path
  );
}
