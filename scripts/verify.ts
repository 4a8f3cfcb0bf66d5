import { verifyAll } from "@/scripts/verify/verify-all";

const { passed, failed } = await verifyAll();
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
