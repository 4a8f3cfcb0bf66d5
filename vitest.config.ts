import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

export default defineConfig({
  resolve: { alias: { "@": root } },
  test: {
    environment: "node",
    passWithNoTests: false,
    expect: { poll: { timeout: 60_000 } }, // A second is not enough beside two other kinds of tests.
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          testTimeout: 60_000, // Property tests on a busy machine.
          isolate: false, // Loading the same modules for every file took two thirds of the processor's time.
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          env: { LOG_LEVEL: "silent" }, // Many tests break things on purpose.
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: ["tests/support/postgres.ts"],
          isolate: false, // As above; each file has a database and a shop of its own all the same.
          testTimeout: 120_000, // Two other kinds of tests run beside them, on two cores.
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "system",
          include: ["tests/system/**/*.test.ts"],
          globalSetup: ["tests/support/postgres.ts"],
          fileParallelism: false, // Each has processes of its own and kills them, or puts something in Next's place.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/support/postgres.ts"],
          fileParallelism: false, // A browser, an app and a worker: two of each are too many for two cores.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
