import { ensureBuild } from "@/scripts/build/ensure-build";
import { runTool } from "@/scripts/verify/run-tool";

/** `npm run screens`: makes the pictures in docs/screens anew, by the tests that walk through the shop and the desk. */
process.env.SCREENS = "docs/screens";
await ensureBuild({ say: (line) => process.stdout.write(`${line}\n`) });
const walks = ["whole-way", "desk-rooms", "shop-rooms"].map((name) => `tests/e2e/${name}.test.ts`);
const { code } = await runTool("vitest/vitest.mjs", ["run", "--project", "browser", ...walks], {
  echo: true,
});
process.exit(code);
