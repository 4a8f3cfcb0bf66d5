import { createRequire } from "node:module";
import { relative } from "node:path";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  typescript: { tsconfigPath: "tsconfig.build.json" }, // A slip in a test must not keep a shop from starting.
  // WeChat follows no redirect: a callback with a slash too many must reach its handler (design §2).
  skipTrailingSlashRedirect: true,
  // Next would send titles after the page, for scripts to move; every visitor is given them in the head.
  htmlLimitedBots: /./,
  // Loaded by Node itself: native code, or modules that look for files beside them.
  serverExternalPackages: ["@node-rs/argon2", "graphile-worker", "pg", "pino", "postgres", "sharp", "undici"],
  turbopack: {
    root: process.cwd(), // Else a lockfile in some folder above would move it there.
    // The catalogue is compiled (app/i18n/compile-texts.ts): what formats it needs no parser, 9 KB in every browser.
    resolveAlias: { "use-intl/format-message": formatOnly() },
  },
  devIndicators: false,
  images: { unoptimized: true }, // Pictures are kept in each size: nobody makes us draw and keep more of them (/_next/image).
  experimental: {
    turbopackFileSystemCacheForBuild: false, // Writing it costs a first build a quarter of its CPU.
    authInterrupts: true, // forbidden(): a page that a role may not open answers 403, not 200.
    proxyClientMaxBodySize: "1mb", // As much as a form may have; Next would hold ten of every stranger's in memory.
    serverActions: { allowedOrigins: ownHost() },
  },
};

function formatOnly(): string {
  const { resolve } = createRequire(`${process.cwd()}/`);
  return `./${relative(process.cwd(), resolve("use-intl/format-message/format-only"))}`;
}

/** Behind a proxy that does not pass `Host` on, forms come from our own origin all the same. Read at every start. */
function ownHost(): string[] {
  const url = URL.parse(process.env.SITE_URL ?? "");
  return url ? [url.host] : [];
}

export default createNextIntlPlugin("./app/i18n/request.ts")(config);
